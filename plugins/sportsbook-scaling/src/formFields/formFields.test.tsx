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
import type {
  ClusterChoices,
  NamespaceChoices,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { formChoicesApiRef } from '../api';
import { ClusterField } from './cluster/ClusterField';
import { validateCluster } from './cluster/validateCluster';
import { MaxReplicasField } from './maxReplicas/MaxReplicasField';
import { validateMaxReplicas } from './maxReplicas/validateMaxReplicas';
import { KubernetesTokenField } from './kubernetesToken/KubernetesTokenField';
import { NamespaceField } from './namespace/NamespaceField';
import { validateNamespace } from './namespace/validateNamespace';
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
    name: 'SportsbookNamespace',
    component: NamespaceField,
    validation: validateNamespace,
  },
  { name: 'SportsbookKubernetesToken', component: KubernetesTokenField },
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
  /** Default: all that Backstage knows. */
  clusterChoices?: ClusterChoices;
  getNamespaces?: (
    cluster: string,
    options?: { userToken?: string },
  ) => Promise<NamespaceChoices>;
  theme?: 'mui' | 'bui';
}) {
  const { properties, required = [], initialState, theme } = options;
  const getClusters = options.getClusters ?? clustersNamed();
  renderInTestApp(
    <TestApiProvider
      apis={[
        [kubernetesApiRef, { getClusters }],
        [
          formChoicesApiRef,
          {
            getClusters: async (): Promise<ClusterChoices> =>
              options.clusterChoices ?? {
                clusters: (await clustersNamed('dev', 'prod')()).map(
                  ({ name }) => ({ name, access: 'sharedAccount' }),
                ),
              },
            getNamespaces:
              options.getNamespaces ??
              (async () => {
                throw new Error('nobody asks for namespaces here');
              }),
          },
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
        await screen.findByText(
          /Backstage knows no cluster 'staging' that you may create on\./,
        ),
      ).toBeInTheDocument();
      await review();
      expect(
        (await screen.findAllByText(/Allowed: dev, prod\./)).length,
      ).toBeGreaterThan(0);
      expect(
        screen.queryByRole('button', { name: 'Create' }),
      ).not.toBeInTheDocument();
    });

    it('offers only the clusters that the user may create on', async () => {
      showWizard({
        theme,
        properties,
        required: ['cluster'],
        getClusters: clustersNamed('dev', 'prod'),
        clusterChoices: {
          clusters: [{ name: 'prod', access: 'sharedAccount' }],
        },
      });
      expect((await screen.findAllByText('prod')).length).toBeGreaterThan(0);
      expect(screen.queryByText('dev')).not.toBeInTheDocument();
      await review();
      expect(await isReviewed()).toBeInTheDocument();
    });

    it('says why there is none, and whom to ask', async () => {
      showWizard({
        theme,
        properties,
        getClusters: clustersNamed('dev'),
        clusterChoices: {
          clusters: [],
          refusal: { reason: 'No rule allows it.', nextStep: 'Ask for one.' },
        },
      });
      expect(
        await screen.findByText('There is no cluster that you may create on'),
      ).toBeInTheDocument();
      expect(screen.getByText('Ask for one.')).toBeInTheDocument();
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

  describe('SportsbookNamespace', () => {
    const properties = {
      namespace: {
        title: 'Namespace',
        type: 'string',
        'ui:field': 'SportsbookNamespace',
      },
    };
    const listed: NamespaceChoices = {
      existing: { status: 'listed', names: ['betting', 'odds'] },
      allowed: ['betting', 'odds', 'team-*'],
    };
    const show = (
      choices: NamespaceChoices | Error,
      namespace?: string,
      cluster: string | undefined = 'dev',
    ) =>
      showWizard({
        theme,
        properties,
        initialState: {
          ...(cluster === '' ? {} : { cluster }),
          ...(namespace === undefined ? {} : { namespace }),
        },
        getNamespaces: async () => {
          if (choices instanceof Error) {
            throw choices;
          }
          return choices;
        },
      });

    it('asks for the cluster first', async () => {
      show(listed, undefined, '');
      expect(
        await screen.findByText(/Choose the cluster first\./),
      ).toBeInTheDocument();
    });

    it('lets a namespace pass that is there', async () => {
      show(listed, 'odds');
      await review();
      expect(await isReviewed()).toBeInTheDocument();
    });

    it('refuses one that no rule allows, and names those that are', async () => {
      show(listed, 'kube-system');
      expect(
        (
          await screen.findAllByText(
            /You may not create in namespace 'kube-system'\. Allowed: betting, odds, team-\*\./,
          )
        ).length,
      ).toBeGreaterThan(0);
      await review();
      await expect(isReviewed({ timeout: 500 })).rejects.toThrow();
    });

    it('says that a new one will be made', async () => {
      show({ ...listed, newNamePattern: 'team-[a-z]+' }, 'team-a');
      expect(
        await screen.findByText(/Namespace 'team-a' will be made\./),
      ).toBeInTheDocument();
    });

    it.each([
      ['forbidden', 'The account may not list namespaces.'],
      ['unreachable', 'The cluster does not answer.'],
      ['tokenNeeded', 'It needs a token of yours.'],
    ] as const)(
      'takes a typed name where the list is %s, and says so',
      async (status, message) => {
        show({ ...listed, existing: { status, message } }, 'team-x');
        expect(
          await screen.findByText(new RegExp(`${message} Type the name`)),
        ).toBeInTheDocument();
        await review();
        expect(await isReviewed()).toBeInTheDocument();
      },
    );

    it('says why nothing can be listed', async () => {
      show(new Error('Request failed with 403'));
      expect(
        await screen.findByText(
          /The namespaces cannot be listed: Request failed with 403/,
        ),
      ).toBeInTheDocument();
    });
  });

  describe('SportsbookKubernetesToken', () => {
    const properties = {
      kubernetesToken: {
        title: 'Kubernetes token',
        type: 'string',
        'ui:field': 'SportsbookKubernetesToken',
      },
      namespace: {
        title: 'Namespace',
        type: 'string',
        'ui:field': 'SportsbookNamespace',
      },
    };
    const show = (
      access: 'sharedAccount' | 'userToken',
      authProvider: string,
    ) => {
      const tokens: (string | undefined)[] = [];
      showWizard({
        theme,
        properties,
        initialState: { cluster: 'dev', namespace: 'odds' },
        getClusters: async () => [{ name: 'dev', authProvider }],
        clusterChoices: { clusters: [{ name: 'dev', access }] },
        getNamespaces: async (_, options) => {
          tokens.push(options?.userToken);
          return {
            existing: { status: 'listed', names: ['odds'] },
            allowed: ['*'],
          };
        },
      });
      return tokens;
    };

    it('takes a token out of sight, asks for namespaces with it, and keeps it out of the values', async () => {
      const tokens = show('userToken', 'serviceAccount');
      const field = await screen.findByLabelText(/^Kubernetes token/);
      expect(field).toHaveAttribute('type', 'password');
      await userEvent.click(field);
      await userEvent.paste('of-ada');
      await waitFor(() => expect(tokens).toContain('of-ada'));
      await review();
      expect(await isReviewed()).toBeInTheDocument();
      expect(screen.queryByText(/of-ada/)).not.toBeInTheDocument();
    });

    it.each([
      ['a shared account', 'sharedAccount', 'serviceAccount'],
      ['a sign-in in the browser', 'userToken', 'oidc'],
    ] as const)(
      'is not there for a cluster with %s',
      async (_, access, provider) => {
        const tokens = show(access, provider);
        await waitFor(() => expect(tokens.length).toBeGreaterThan(0));
        expect(
          screen.queryByLabelText(/^Kubernetes token/),
        ).not.toBeInTheDocument();
      },
    );
  });
});
