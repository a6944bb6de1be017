import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { formatPlanProblem } from '../../model/PlanProblem';
import { FakeCluster } from '../../testUtils/FakeCluster';
import {
  prometheus,
  prometheusService,
  scaledObject,
  serviceManifests,
} from '../../testUtils/serviceManifests';
import { planIn } from '../__testUtils__/planIn';

describe('a trigger that asks a Prometheus', () => {
  let client: FakeCluster;
  beforeEach(() => {
    client = new FakeCluster(['betting']);
  });

  const other = {
    ...prometheus,
    metadata: { name: 'other', namespace: 'betting' },
    spec: { serviceMonitorSelector: { matchLabels: { team: 'other' } } },
  };
  const serviceOf = (server: string) => ({
    ...prometheusService,
    spec: {
      ...(prometheusService.spec as object),
      selector: { prometheus: server },
    },
  });
  const all = serviceManifests.map(({ object }) => object);
  const planned = async (objects: KubernetesObject[]) => {
    const { problems, warnings } = await planIn(client, objects);
    return { problems: problems.map(formatPlanProblem), warnings };
  };

  it('has to ask the one that selects the ServiceMonitor', async () => {
    client.seed(other);
    expect(await planned([...all, serviceOf('other')])).toEqual({
      problems: [
        expect.stringContaining(
          'ServiceMonitor betting/odds: the Prometheus at http://prometheus-odds.betting.svc:9090, which a trigger asks, does not select it: Prometheus betting/other selects every ServiceMonitor with team=other of its own namespace betting; this one needs team=other. Give it the labels team=other',
        ),
      ],
      warnings: [],
    });
    expect(await planned([...all, serviceOf('odds')])).toEqual({
      problems: [],
      warnings: [],
    });
  });

  it.each([
    [
      'whose Service is not there yet',
      'http://elsewhere.betting.svc:9090',
      'Service betting/elsewhere is neither in the manifests nor on the cluster',
    ],
    [
      'outside the cluster',
      'https://metrics.example.com',
      'it lies outside the cluster',
    ],
  ])(
    'says that it could not check one %s',
    async (_title, serverAddress, reason) => {
      const asking = scaledObject({ serverAddress });
      const { problems, warnings } = await planned([
        ...all.filter(({ kind }) => kind !== 'ScaledObject'),
        asking,
      ]);
      expect(problems).toEqual([]);
      expect(warnings).toEqual([
        expect.stringMatching(
          `^Whether the Prometheus at ${serverAddress}, .* was not checked: ${reason}`,
        ),
      ]);
    },
  );

  it('says that it could not check one that the operator does not run', async () => {
    expect((await planned([...all, serviceOf('by-hand')])).warnings).toEqual([
      expect.stringContaining(
        'was not checked: Service betting/prometheus-odds selects the pods of no Prometheus object',
      ),
    ]);
  });

  it("knows the operator's own Service before it is there", async () => {
    const asking = scaledObject({
      serverAddress: 'http://prometheus-operated.betting.svc:9090',
    });
    expect(
      await planned([
        ...all.filter(({ kind }) => kind !== 'ScaledObject'),
        asking,
      ]),
    ).toEqual({
      problems: [],
      warnings: [
        expect.stringContaining(
          'Prometheus betting/odds is asked through Service prometheus-operated',
        ),
      ],
    });
  });
});
