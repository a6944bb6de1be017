import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { FakeCluster } from '../../testUtils/FakeCluster';
import { scaledObject } from '../../testUtils/serviceManifests';
import { problemsIn } from '../__testUtils__/planIn';

function asking(authenticationRef: object): KubernetesObject {
  const object = scaledObject();
  const spec = object.spec as { triggers: object[] };
  return {
    ...object,
    spec: {
      ...spec,
      triggers: spec.triggers.map(trigger => ({
        ...trigger,
        authenticationRef,
      })),
    },
  };
}

describe('what a trigger proves itself by', () => {
  const about = async (client: FakeCluster, object: KubernetesObject) =>
    (await problemsIn(client, object)).filter(problem =>
      problem.includes('proves itself'),
    );

  it('has to be there, in the namespace or for the whole cluster', async () => {
    const client = new FakeCluster(['betting']);
    expect(await about(client, asking({ name: 'reader' }))).toEqual([
      expect.stringContaining(
        'a trigger proves itself by TriggerAuthentication betting/reader, which is not there; have it created, with its Secret, before the service',
      ),
    ]);
    const shared = { name: 'reader', kind: 'ClusterTriggerAuthentication' };
    expect(await about(client, asking(shared))).toEqual([
      expect.stringContaining('by ClusterTriggerAuthentication reader,'),
    ]);
    client.seed({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'TriggerAuthentication',
      metadata: { name: 'reader', namespace: 'betting' },
    });
    expect(await about(client, asking({ name: 'reader' }))).toEqual([]);
  });

  it('is no question where a trigger has none', async () => {
    expect(await about(new FakeCluster(['betting']), scaledObject())).toEqual(
      [],
    );
  });
});
