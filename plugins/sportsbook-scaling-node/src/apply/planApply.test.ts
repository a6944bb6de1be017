import { FakeCluster } from '../testUtils/FakeCluster';
import {
  gadget,
  gadgetDefinition,
  prometheusService,
  service,
  serviceManifests,
  serviceMonitor,
} from '../testUtils/serviceManifests';
import { ClusterUnreachableError } from '../errors';
import { planApply } from './planApply';
import { inBetting } from './__testUtils__/inBetting';
import { planIn, problemsIn } from './__testUtils__/planIn';

describe('planApply', () => {
  let client: FakeCluster;
  beforeEach(() => {
    client = new FakeCluster(['betting']);
  });

  it('shows what would be made, and makes nothing', async () => {
    client.seed(inBetting(prometheusService));
    const { problems, changes, warnings } = await planApply({
      client,
      manifests: serviceManifests,
      namespace: 'betting',
    });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([]);
    expect(changes.map(({ ref, action }) => `${action} ${ref.kind}`)).toEqual([
      'created Service',
      'created Deployment',
      'created ServiceMonitor',
      'created Prometheus',
      'created ScaledObject',
    ]);
    expect(client.written()).toEqual([]);
  });

  it('hands on what admission warns of', async () => {
    client.admit = () => ({ warnings: ['pollingInterval is not relevant'] });
    const { changes, warnings } = await planIn(client, [service]);
    expect(changes[0].warnings).toEqual(['pollingInterval is not relevant']);
    expect(warnings).toEqual([
      'Service betting/odds: pollingInterval is not relevant',
    ]);
  });

  it('says of what comes with an earlier stage that it cannot be known yet', async () => {
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'fresh' },
    };
    const { problems, changes } = await planIn(
      client,
      [gadget, gadgetDefinition, namespace, service],
      { namespace: 'fresh' },
    );
    expect(problems).toEqual([]);
    expect(
      changes.map(({ ref, action, reason }) => [ref.kind, action, reason]),
    ).toEqual([
      ['CustomResourceDefinition', 'created', undefined],
      ['Namespace', 'created', undefined],
      ['Service', 'unverifiable', 'its namespace comes with this set'],
      ['Gadget', 'unverifiable', 'its definition comes with this set'],
    ]);
  });

  it('says that it could not look, where it may not, instead of guessing', async () => {
    client.denied.add('list prometheuses');
    const { problems, warnings } = await planIn(client, [serviceMonitor]);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      'Objects of kind Prometheus on the cluster were not looked at: cannot list prometheuses',
    ]);
  });

  it('refuses an empty set', async () => {
    expect(await problemsIn(client)).toEqual([
      expect.stringContaining('the manifests hold no object'),
    ]);
  });

  it('rejects when the cluster cannot be reached, instead of blaming an object', async () => {
    client.admit = () => ({ error: new ClusterUnreachableError('gone') });
    await expect(planIn(client, [service])).rejects.toThrow(
      ClusterUnreachableError,
    );
  });

  it('rejects with the reason of an aborted signal', async () => {
    await expect(
      planIn(client, [service], {
        signal: AbortSignal.abort(new Error('stop')),
      }),
    ).rejects.toThrow('stop');
  });
});
