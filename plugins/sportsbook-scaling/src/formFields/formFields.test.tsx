import type { JsonObject, JsonValue } from '@backstage/types';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import type { KubernetesApi } from '@backstage/plugin-kubernetes-react';
import { kubernetesApiRef } from '@backstage/plugin-kubernetes-react';
import {
  FieldExtensionOptions,
  SecretsContextProvider,
} from '@backstage/plugin-scaffolder-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ClusterField } from './cluster/ClusterField';
import { validateCluster } from './cluster/validateCluster';
import { MaxReplicasField } from './maxReplicas/MaxReplicasField';
import { validateMaxReplicas } from './maxReplicas/validateMaxReplicas';
import { ServiceNameField } from './serviceName/ServiceNameField';
import { validateServiceName } from './serviceName/validateServiceName';

// The wizard erases the types of its fields' values, so they are checked here one by one.
const FIELDS: FieldExtensionOptions<any, any>[] = [
  {
    name: 'SportsbookServiceName',
    component: ServiceNameField,
    validation: validateServiceName,
  },
  {
    name: 'SportsbookCluster',
    component: ClusterField,
    validation: validateCluster,
  },
  {
    name: 'SportsbookMaxReplicas',
    component: MaxReplicasField,
    validation: validateMaxReplicas,
  },
];

// Each test renders the whole wizard, which takes seconds on a busy machine.
jest.setTimeout(30_000);

type GetClusters = KubernetesApi['getClusters'];

const clustersNamed =
  (...names: string[]): GetClusters =>
  async () =>
    names.map(name => ({ name, authProvider: 'serviceAccount' }));

/** The scaffolder's own wizard with one step of the given properties. */
function showWizard(options: {
  properties: JsonObject;
  required?: string[];
  initialState?: Record<string, JsonValue>;
  getClusters?: GetClusters;
  theme?: 'mui' | 'bui';
}) {
  const { properties, required = [], initialState, theme } = options;
  renderInTestApp(
    <TestApiProvider
      apis={[
        [
          kubernetesApiRef,
          { getClusters: options.getClusters ?? clustersNamed() },
        ],
      ]}
    >
      <SecretsContextProvider>
        <Stepper
          manifest={{
            title: 'Service',
            steps: [{ title: 'Service', schema: { properties, required } }],
          }}
          extensions={FIELDS}
          initialState={initialState}
          formProps={{ EXPERIMENTAL_theme: theme }}
          onCreate={async () => {}}
        />
      </SecretsContextProvider>
    </TestApiProvider>,
  );
}

const review = () =>
  userEvent.click(screen.getByRole('button', { name: 'Review' }));
const isReviewed = ({ timeout = 3000 } = {}) =>
  screen.findByRole('button', { name: 'Create' }, { timeout });

describe.each(['mui', 'bui'] as const)('in a %s form', theme => {
  describe('SportsbookServiceName', () => {
    const properties = {
      name: {
        title: 'Name',
        type: 'string',
        description: 'All names follow from it.',
        'ui:field': 'SportsbookServiceName',
      },
    };

    it('shows what is possible, and how much of it is used, while one types', async () => {
      showWizard({ theme, properties });
      expect(
        await screen.findByText(
          /All names follow from it\..*0 of 41 characters/,
        ),
      ).toBeInTheDocument();
      await userEvent.type(screen.getByLabelText(/^Name/), 'odds');
      expect(screen.getByText(/4 of 41 characters/)).toBeInTheDocument();
      await userEvent.type(screen.getByLabelText(/^Name/), '_');
      expect(screen.getByText(/'_' is not possible/)).toBeInTheDocument();
    });

    it('allows longer names where the form chose an existing Prometheus', async () => {
      showWizard({
        theme,
        properties,
        initialState: { monitoring: 'existing' },
      });
      expect(await screen.findByText(/0 of 63 characters/)).toBeInTheDocument();
    });

    it('lets nobody past with a name that Kubernetes would refuse', async () => {
      showWizard({ theme, properties, initialState: { name: 'odds-' } });
      await review();
      expect(
        (await screen.findAllByText(/Must not end with a dash/)).length,
      ).toBeGreaterThan(0);
      expect(
        screen.queryByRole('button', { name: 'Create' }),
      ).not.toBeInTheDocument();
    });

    it('lets a good name pass', async () => {
      showWizard({ theme, properties, initialState: { name: 'odds-api' } });
      await review();
      expect(await isReviewed()).toBeInTheDocument();
    });
  });

  describe('SportsbookMaxReplicas', () => {
    const properties = {
      maxReplicas: {
        title: 'Maximum',
        type: 'integer',
        'ui:field': 'SportsbookMaxReplicas',
      },
    };

    it('says while one types that the maximum is below the minimum', async () => {
      showWizard({
        theme,
        properties,
        initialState: { minReplicas: 4, maxReplicas: 3 },
      });
      expect(
        await screen.findByText('Must not be below the minimum of 4 replicas.'),
      ).toBeInTheDocument();
    });

    it('lets nobody past with it', async () => {
      showWizard({
        theme,
        properties,
        initialState: { minReplicas: 4, maxReplicas: 3 },
      });
      await review();
      await waitFor(() =>
        expect(
          screen.getAllByText(/Must not be below the minimum of 4 replicas/)
            .length,
        ).toBeGreaterThan(0),
      );
      expect(
        screen.queryByRole('button', { name: 'Create' }),
      ).not.toBeInTheDocument();
    });

    it('lets a maximum above the minimum pass', async () => {
      showWizard({
        theme,
        properties,
        initialState: { minReplicas: 4, maxReplicas: 8 },
      });
      await review();
      expect(await isReviewed()).toBeInTheDocument();
    });
  });

  describe('SportsbookCluster', () => {
    const properties = {
      cluster: {
        title: 'Cluster',
        type: 'string',
        'ui:field': 'SportsbookCluster',
      },
    };

    it('says how to name a cluster where there is none', async () => {
      showWizard({ theme, properties, getClusters: clustersNamed() });
      expect(
        await screen.findByText('Backstage knows no cluster yet'),
      ).toBeInTheDocument();
      expect(
        screen.getByText('npm start -- --cluster <context>'),
      ).toBeInTheDocument();
    });

    it('takes a kubernetes backend without config for one without clusters', async () => {
      showWizard({
        theme,
        properties,
        getClusters: async () => {
          throw new Error(
            'Could not find the Kubernetes Backend (HTTP 404). Make sure the plugin has been fully installed.',
          );
        },
      });
      expect(
        await screen.findByText('Backstage knows no cluster yet'),
      ).toBeInTheDocument();
    });

    it('says why the clusters cannot be listed, and asks again on request', async () => {
      let questions = 0;
      showWizard({
        theme,
        properties,
        getClusters: async () => {
          questions += 1;
          if (questions === 1) {
            throw new Error('Request failed with 500');
          }
          return await clustersNamed('dev', 'prod')();
        },
      });
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'Request failed with 500',
      );
      await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
      expect((await screen.findAllByText('Cluster')).length).toBeGreaterThan(0);
      expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    });

    it('refuses a cluster that Backstage does not know, and names those it knows', async () => {
      showWizard({
        theme,
        properties,
        initialState: { cluster: 'staging' },
        getClusters: clustersNamed('prod', 'dev'),
      });
      expect(
        await screen.findByText(/Backstage knows no cluster 'staging'\./),
      ).toBeInTheDocument();
      await review();
      expect(
        (await screen.findAllByText(/Known: dev, prod\./)).length,
      ).toBeGreaterThan(0);
      expect(
        screen.queryByRole('button', { name: 'Create' }),
      ).not.toBeInTheDocument();
    });

    it('chooses the only cluster there is', async () => {
      showWizard({
        theme,
        properties,
        required: ['cluster'],
        getClusters: clustersNamed('dev'),
      });
      expect((await screen.findAllByText('dev')).length).toBeGreaterThan(0);
      await review();
      expect(await isReviewed()).toBeInTheDocument();
    });

    it('chooses nothing where there are several', async () => {
      showWizard({
        theme,
        properties,
        required: ['cluster'],
        getClusters: clustersNamed('dev', 'prod'),
      });
      await waitFor(() =>
        expect(
          screen.queryByText('Asking Backstage for its clusters …'),
        ).not.toBeInTheDocument(),
      );
      await review();
      await expect(isReviewed({ timeout: 500 })).rejects.toThrow();
    });
  });
});
