import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { FakeCluster } from '../../testUtils/FakeCluster';
import { service } from '../../testUtils/serviceManifests';
import { inBetting } from '../__testUtils__/inBetting';
import { planIn, problemsIn } from '../__testUtils__/planIn';

const ofEntity = (id: string): KubernetesObject => ({
  ...service,
  metadata: { name: 'odds', labels: { 'backstage.io/kubernetes-id': id } },
});

describe('checkOwners', () => {
  let client: FakeCluster;

  beforeEach(() => {
    client = new FakeCluster();
  });

  it('refuses an object that another entity has', async () => {
    client.seed(inBetting(ofEntity('odds-api')));
    expect(await problemsIn(client, ofEntity('odds-web'))).toEqual([
      "k8s/service.yaml, document 1, line 1: Service betting/odds: it belongs to 'odds-api' on the cluster, and to 'odds-web' in the manifest; choose another name or namespace, or delete what 'odds-api' has there first",
    ]);
    expect(await problemsIn(client, ofEntity('odds-api'))).toEqual([]);
  });

  it('warns of what a release or a delivery will write back, and of leaving a set', async () => {
    const live = inBetting(service);
    client.seed({
      ...live,
      metadata: {
        ...live.metadata,
        labels: { 'applyset.kubernetes.io/part-of': 'applyset-x-v1' },
        annotations: { 'meta.helm.sh/release-name': 'odds' },
      },
    });
    const { problems, warnings } = await planIn(client, [service]);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      'Service betting/odds belongs to Helm release odds, which may write it back; change it there instead',
      "Service betting/odds is a member of the ApplySet 'applyset-x-v1' and leaves it, since these manifests are applied without a set",
    ]);
  });
});

describe('checkEscalation', () => {
  const role: KubernetesObject = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'reader' },
    rules: [
      { apiGroups: [''], resources: ['secrets', 'pods/log'], verbs: ['get'] },
    ],
  };
  const binding: KubernetesObject = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'reader' },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'Role',
      name: 'reader',
    },
  };
  let client: FakeCluster;

  beforeEach(() => {
    client = new FakeCluster();
    ['* *', 'escalate roles', 'bind roles', 'get pods/log'].forEach(right =>
      client.denied.add(right),
    );
  });

  it('lists what role and binding would give away without holding it', async () => {
    const gives =
      "it gives rights that Backstage's identity on cluster 'fake' does not hold itself, and the server refuses that: get pods/log; grant it these rights, or the verb";
    expect(await problemsIn(client, role, binding)).toEqual([
      expect.stringContaining(
        `Role betting/reader: ${gives} 'escalate' on Role 'reader'`,
      ),
      expect.stringContaining(
        `RoleBinding betting/reader: ${gives} 'bind' on Role 'reader'`,
      ),
    ]);
  });

  it.each(['get pods/log', 'escalate roles', '* *'])(
    'lets a role pass where the identity may %s',
    async right => {
      client.denied.delete(right);
      expect(await problemsIn(client, role)).toEqual([]);
    },
  );

  it('lets stand what the cluster has already', async () => {
    client.seed(inBetting(role));
    expect(await problemsIn(client, role)).toEqual([]);
  });
});
