import type { JsonObject, JsonValue } from '@backstage/types';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import {
  FieldExtensionOptions,
  SecretsContextProvider,
} from '@backstage/plugin-scaffolder-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import type {
  PrometheusChoice,
  PrometheusChoices,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { prometheusServersApiRef } from '../../api';
import { MonitoringField } from './MonitoringField';
import { PrometheusAddressField } from './PrometheusAddressField';
import { PrometheusField } from './PrometheusField';
import { validatePrometheusServer } from './validatePrometheusServer';

// The wizard erases the types of its fields' values, so they are checked here one by one.
const FIELDS: FieldExtensionOptions<any, any>[] = [
  { name: 'SportsbookMonitoring', component: MonitoringField },
  {
    name: 'SportsbookPrometheus',
    component: PrometheusField,
    validation: validatePrometheusServer,
  },
  { name: 'SportsbookPrometheusAddress', component: PrometheusAddressField },
];

// Each test renders the whole wizard, which takes seconds on a busy machine.
jest.setTimeout(30_000);

const SCHEMA: JsonObject = {
  properties: {
    monitoring: {
      title: 'Prometheus',
      type: 'string',
      enum: ['own', 'existing'],
      'ui:field': 'SportsbookMonitoring',
    },
  },
  dependencies: {
    monitoring: {
      oneOf: [
        { properties: { monitoring: { enum: ['own'] } } },
        {
          properties: {
            monitoring: { enum: ['existing'] },
            prometheusServer: {
              title: 'Prometheus server',
              description: 'Scrapes the service.',
              'ui:field': 'SportsbookPrometheus',
            },
            prometheusAddress: {
              title: 'Address of Prometheus',
              type: 'string',
              'ui:field': 'SportsbookPrometheusAddress',
            },
          },
        },
      ],
    },
  },
};

const K8S: PrometheusChoice = {
  name: 'monitoring/k8s',
  source: 'object',
  version: '3.13.1',
  verdict: 'scrapes',
  address: 'http://k8s.monitoring.svc:9090',
  serviceMonitorLabels: { release: 'stack' },
  reason: 'Selects every ServiceMonitor with release=stack of all namespaces.',
  warnings: ['Is not available right now.'],
};
const MIMIR: PrometheusChoice = {
  name: 'mimir',
  source: 'configuration',
  verdict: 'scrapes',
  address: 'http://mimir.mimir.svc:8080',
  serviceMonitorLabels: {},
  reason: 'Is configured to take up every ServiceMonitor of all namespaces.',
  warnings: [],
};
const BATCH: PrometheusChoice = {
  name: 'monitoring/batch',
  source: 'object',
  verdict: 'refuses',
  reason: 'Selects every ServiceMonitor of its own namespace monitoring.',
  warnings: [],
};

const PLACE = { cluster: 'dev', namespace: 'betting', name: 'odds' };

/** The scaffolder's own wizard; resolves to what would be created. */
async function showWizard(options: {
  answer: Partial<PrometheusChoices> | Error;
  initialState?: Record<string, JsonValue>;
  theme?: 'mui' | 'bui';
}) {
  const { answer, initialState = PLACE, theme } = options;
  const created: unknown[] = [];
  const asked: unknown[] = [];
  renderInTestApp(
    <TestApiProvider
      apis={[
        [
          prometheusServersApiRef,
          {
            getPrometheusServers: async ({ signal, ...question }) => {
              asked.push(question);
              if (answer instanceof Error) {
                throw answer;
              }
              return {
                cluster: question.cluster,
                namespace: question.namespace,
                detection: { status: 'complete' },
                servers: [],
                ...answer,
              };
            },
          },
        ],
      ]}
    >
      <SecretsContextProvider>
        <Stepper
          manifest={{
            title: 'Service',
            steps: [{ title: 'Service', schema: SCHEMA }],
          }}
          extensions={FIELDS}
          initialState={initialState}
          formProps={{ EXPERIMENTAL_theme: theme }}
          onCreate={async values => {
            created.push(values);
          }}
        />
      </SecretsContextProvider>
    </TestApiProvider>,
  );
  await screen.findByLabelText(/One of its own/);
  return {
    asked,
    create: async () => {
      await userEvent.click(screen.getByRole('button', { name: 'Review' }));
      await userEvent.click(
        await screen.findByRole('button', { name: 'Create' }),
      );
      return created[0];
    },
  };
}

// By label: jsdom takes half a second to name everything that has a role.
const own = () => screen.getByLabelText(/One of its own/);
const existing = () => screen.getByLabelText(/One that is there already/);

describe.each(['mui', 'bui'] as const)('in a %s form', theme => {
  it('a server that will scrape the service is proposed, with the reason and its labels', async () => {
    const { create, asked } = await showWizard({
      theme,
      answer: { servers: [K8S, BATCH] },
    });
    await waitFor(() => expect(existing()).toBeChecked());
    expect(
      screen.getByText(
        /monitoring\/k8s will scrape a service of namespace betting\./,
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(
        /Selects every ServiceMonitor with release=stack of all namespaces\. The service's ServiceMonitor gets the label release=stack\. Is not available right now\./,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('One server cannot be used here')).toBeVisible();
    expect(screen.getByText(BATCH.reason)).toBeInTheDocument();
    expect(
      screen.queryByLabelText(/Address of Prometheus/),
    ).not.toBeInTheDocument();
    expect(asked).toContainEqual({
      cluster: 'dev',
      namespace: 'betting',
      service: 'odds',
      templateRef: undefined,
      userToken: undefined,
    });
    expect(await create()).toMatchObject({
      monitoring: 'existing',
      prometheusServer: {
        name: 'monitoring/k8s',
        address: 'http://k8s.monitoring.svc:9090',
        serviceMonitorLabels: { release: 'stack' },
      },
    });
  });

  it('an own one is proposed where none will', async () => {
    const { create } = await showWizard({
      theme,
      answer: { servers: [BATCH] },
    });
    expect(
      await screen.findByText(
        /The one server that is known is not sure to scrape a service of namespace betting\./,
      ),
    ).toBeInTheDocument();
    expect(own()).toBeChecked();
    expect(await create()).toMatchObject({ monitoring: 'own' });
  });
});

describe('the choice of a Prometheus', () => {
  it('stays with what a person chose', async () => {
    const { create } = await showWizard({ answer: { servers: [K8S] } });
    await waitFor(() => expect(existing()).toBeChecked());
    await userEvent.click(own());
    await waitFor(() => expect(own()).toBeChecked());
    expect(await create()).not.toHaveProperty('monitoring', 'existing');
  });

  it('is left as a link has it', async () => {
    await showWizard({
      answer: { servers: [K8S] },
      initialState: { ...PLACE, monitoring: 'own' },
    });
    await screen.findByText(/monitoring\/k8s will scrape/);
    expect(own()).toBeChecked();
  });

  it('waits for cluster and namespace', async () => {
    const { asked } = await showWizard({
      answer: { servers: [K8S] },
      initialState: { cluster: 'dev' },
    });
    expect(
      await screen.findByText(/Once cluster and namespace are chosen/),
    ).toBeInTheDocument();
    expect(own()).toBeChecked();
    expect(asked).toEqual([]);
  });

  it.each<[string, Partial<PrometheusChoices> | Error, RegExp]>([
    ['no server', {}, /The cluster has no Prometheus server yet\./],
    [
      'no operator',
      { detection: { status: 'notInstalled' } },
      /no Prometheus operator yet/,
    ],
    [
      'no right to look',
      { detection: { status: 'forbidden', reason: 'may not list' } },
      /Not all servers of the cluster could be seen: may not list/,
    ],
    [
      'no answer',
      { detection: { status: 'unreachable', reason: 'no route' } },
      /The cluster could not be asked for its servers: no route/,
    ],
    [
      'no rule for the user',
      new Error('403 Forbidden'),
      /The servers of the cluster cannot be listed: 403 Forbidden/,
    ],
  ])('says that there is %s, and proposes an own one', async (...row) => {
    const [, answer, text] = row;
    await showWizard({ answer });
    expect(await screen.findByText(text)).toBeInTheDocument();
    expect(own()).toBeChecked();
  });
});

describe('the server', () => {
  const choose = (name: string) =>
    userEvent.selectOptions(screen.getByLabelText(/Prometheus server/), name);

  it('of the configuration is kept by its name alone', async () => {
    const { create } = await showWizard({ answer: { servers: [K8S, MIMIR] } });
    await waitFor(() => expect(existing()).toBeChecked());
    await screen.findByText(/gets the label release=stack/);
    await choose('mimir');
    await screen.findByText(/Is configured to take up/);
    expect(await create()).toMatchObject({
      prometheusServer: { name: 'mimir' },
    });
  });

  it('may be another one, by its address, which is then needed', async () => {
    const { create } = await showWizard({ answer: { servers: [K8S] } });
    await waitFor(() => expect(existing()).toBeChecked());
    await screen.findByText(/gets the label release=stack/);
    await choose('another server');
    const address = await screen.findByLabelText(/Address of Prometheus/);
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect(
      (await screen.findAllByText(/or give the address of another one/)).length,
    ).toBeGreaterThan(0);
    await userEvent.click(address);
    await userEvent.paste('http://p.betting.svc:9090');
    const values = await create();
    expect(values).toMatchObject({
      prometheusAddress: 'http://p.betting.svc:9090',
    });
    expect(values).not.toHaveProperty('prometheusServer.name');
  });

  it('that a link names and that will not scrape the service is refused', async () => {
    await showWizard({
      answer: { servers: [K8S, BATCH] },
      initialState: {
        ...PLACE,
        monitoring: 'existing',
        prometheusServer: {
          name: 'monitoring/batch',
          address: 'http://batch.monitoring.svc:9090',
        },
      },
    });
    expect(
      await screen.findByText(
        /monitoring\/batch will not scrape a service of this namespace/,
      ),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect(
      (await screen.findAllByText(/monitoring\/batch will not scrape it: /))
        .length,
    ).toBeGreaterThan(0);
  });
});
