import { NAMESPACE, TestCluster } from '../__testUtils__/TestCluster';
import { Informers, type ObjectChange } from './Informer';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await TestCluster.start();
});
afterEach(() => cluster.stop());

function configMap(data: Record<string, string>) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'one', namespace: NAMESPACE },
    data,
  };
}

describe('Informer', () => {
  it('tells each listener of what is there, and what an object was before', async () => {
    const informer = new Informers(cluster.objects).of('v1', 'ConfigMap');
    const changes: string[] = [];
    const note =
      (listener: string) =>
      ({ type, object, previous }: ObjectChange) => {
        if (object.metadata.name === 'one') {
          changes.push(
            `${listener} ${type} ${JSON.stringify(
              previous?.data ?? null,
            )} ${JSON.stringify(object.data)}`,
          );
        }
      };
    const made = cluster.create(configMap({ a: '1' }));
    const stopFirst = informer.listen(note('first'));
    await cluster.settle();
    const stopSecond = informer.listen(note('second'));
    cluster.patch(made, { data: { a: '2' } });
    await cluster.settle();
    stopFirst();
    cluster.delete(made);
    await cluster.settle();
    stopSecond();

    expect(changes).toEqual([
      'first ADDED null {"a":"1"}',
      'second ADDED null {"a":"1"}',
      'first MODIFIED {"a":"1"} {"a":"2"}',
      'second MODIFIED {"a":"1"} {"a":"2"}',
      'second DELETED {"a":"2"} {"a":"2"}',
    ]);
  });

  it('begins anew when somebody listens again', async () => {
    const informer = new Informers(cluster.objects).of('v1', 'ConfigMap');
    const made = cluster.create(configMap({ a: '1' }));
    informer.listen(() => {})();
    cluster.delete(made);

    const names: string[] = [];
    const stop = informer.listen(({ object }) =>
      names.push(object.metadata.name),
    );
    await cluster.settle();
    stop();

    expect(names).not.toContain('one');
    expect(names).toContain('kube-root-ca.crt');
  });
});
