import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { InputError, NotAllowedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  ApplyFailedError,
  ClusterSettings,
  KubernetesApiError,
  ManifestError,
  PlanRefusedError,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { FakeCluster } from '@sportsbook/plugin-sportsbook-scaling-node/testUtils';
import { createHash } from 'node:crypto';
import { ActionRun, emptyRun, runAction } from '../__testUtils__/actionRun';
import { FakeClusterAccess } from '../__testUtils__/FakeClusterAccess';
import { newNamespaceOf } from '../access/newNamespaceOf';
import { createKubernetesApplyAction } from './kubernetesApply';

const service = `apiVersion: v1
kind: Service
metadata: {name: odds}
spec: {ports: [{port: 8080}]}
`;
const secret = `apiVersion: v1
kind: Secret
metadata: {name: odds}
stringData: {password: correct-horse}
`;

const settings = ClusterSettings.fromConfig(
  new ConfigReader({
    sportsbookScaling: {
      clusters: [
        {
          name: 'dev',
          namespaces: {
            create: true,
            pattern: 'team-[a-z]+',
            resourceQuota: { hard: { pods: '20' } },
          },
        },
      ],
    },
  }),
);

describe('kubernetes:apply', () => {
  const workspace = createMockDirectory();
  let client: FakeCluster;
  let access: FakeClusterAccess;
  let downloads: Record<string, string>;

  const run = (
    input: JsonObject = {},
    options: {
      isDryRun?: boolean;
      signal?: AbortSignal;
      into?: ActionRun;
    } = {},
  ) =>
    runAction(
      createKubernetesApplyAction({
        access,
        newNamespaceOf: (cluster, namespace) =>
          newNamespaceOf(settings, cluster, namespace),
        prometheus: { allowedAddresses: [], allowedNamespaces: [] },
        reader: mockServices.urlReader.mock({
          readUrl: async url => ({
            buffer: async () => Buffer.from(downloads[url]),
          }),
        }),
      }),
      {
        input: {
          cluster: 'dev',
          namespace: 'betting',
          sources: [{ path: './k8s' }],
          ...input,
        },
        workspacePath: workspace.path,
        ...options,
      },
    );

  beforeEach(() => {
    client = new FakeCluster(['betting']);
    access = new FakeClusterAccess(client);
    downloads = {};
    workspace.setContent({
      k8s: {
        'service.yaml': service,
        'notes.md': '# no manifest',
        nested: { 'secret.yml': secret },
      },
    });
  });

  it('applies a folder and hands on change set, objects and a table', async () => {
    const { outputs } = await run();
    expect(client.written().sort()).toEqual([
      'Secret betting/odds',
      'Service betting/odds',
    ]);
    expect(outputs.changeSet).toMatchObject([
      { action: 'created', file: 'k8s/nested/secret.yml', line: 1 },
      { action: 'created', file: 'k8s/service.yaml', line: 1 },
    ]);
    expect(outputs.objects).toContainEqual({
      apiVersion: 'v1',
      kind: 'Service',
      name: 'odds',
      namespace: 'betting',
    });
    expect(outputs.summary).toContain(
      '| Service betting/odds | created |  | k8s/service.yaml:1 |',
    );
  });

  it('changes nothing when it only plans, and says what would change', async () => {
    const { outputs, lines } = await run({ plan: true });
    expect(client.written()).toEqual([]);
    expect(outputs.summary).toContain('| Service betting/odds | created |');
    expect(lines).toContain(
      "info: Plan for cluster 'dev': 2 created; nothing was changed",
    );
  });

  it('hands on what became of each object also when it fails, with the table in the log', async () => {
    client.admit = (object, { dryRun }) =>
      object.kind === 'Service' && !dryRun
        ? { error: new KubernetesApiError('no room', { status: 422 }) }
        : {};
    const into = emptyRun();
    await expect(run({}, { into })).rejects.toThrow(ApplyFailedError);
    expect(into.outputs).toMatchObject({
      changeSet: [
        { ref: { kind: 'Secret' }, action: 'created' },
        {
          ref: { kind: 'Service' },
          action: 'failed',
          reason: 'Service betting/odds: no room',
        },
      ],
      counts: '1 created, 1 failed',
    });
    expect(into.lines.join('\n')).toContain(
      '| Service betting/odds | failed | Service betting/odds: no room |',
    );
    expect(into.lines).toContain("error: Cluster 'dev': 1 created, 1 failed");
  });

  it('deletes what it made when it fails and was told to', async () => {
    client.admit = (object, { dryRun }) =>
      object.kind === 'Service' && !dryRun
        ? { error: new KubernetesApiError('no room', { status: 422 }) }
        : {};
    const into = emptyRun();
    await expect(run({ onFailure: 'rollback' }, { into })).rejects.toThrow(
      'Rolled back what this run had made: deleted Secret betting/odds',
    );
    expect(into.outputs.counts).toBe('1 deleted, 1 failed');
  });

  it('prunes what an earlier apply of the set made, and asks for the kinds that it prunes', async () => {
    const applySet = { name: 'odds-applyset' };
    await run({ applySet });
    workspace.setContent({ k8s: { 'service.yaml': service } });
    const kept = await run({ applySet });
    expect(kept.outputs.counts).toBe('2 unchanged, 1 skipped');
    expect(kept.outputs.objects).toHaveLength(1);
    const planned = await run({ applySet, prune: true, plan: true });
    expect(planned.outputs.summary).toContain(
      '| Secret betting/odds | deleted | no longer in the manifests |',
    );
    const { outputs } = await run({ applySet, prune: true });
    expect(access.requests.at(-1)?.kinds).toEqual(['/Service', '/Secret']);
    expect(outputs.counts).toBe('1 configured, 1 deleted, 1 unchanged');
    // What is gone and what stands for the set is nothing to wait for.
    expect(outputs.objects).toHaveLength(1);
  });

  it('keeps entity and task on the ConfigMap of the set, and a second task changes nothing', async () => {
    const applySet = {
      name: 'odds-applyset',
      entityRef: 'component:default/odds',
    };
    await run({ applySet });
    const parent = await client.get({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: 'odds-applyset',
      namespace: 'betting',
    });
    expect(parent?.metadata.annotations).toMatchObject({
      'sportsbook-scaling/entity-ref': 'component:default/odds',
      'sportsbook-scaling/last-task': expect.stringMatching(/./),
    });
    expect((await run({ applySet })).outputs.counts).toBe('3 unchanged');
  });

  it('refuses to prune without a set', async () => {
    await expect(run({ prune: true })).rejects.toThrow(
      'prune needs an applySet',
    );
    expect(client.writes).toEqual([]);
  });

  it('changes nothing in a dry run', async () => {
    await run({}, { isDryRun: true });
    expect(client.written()).toEqual([]);
  });

  it('asks no cluster in a dry run that no rule is about, and says why', async () => {
    access = new FakeClusterAccess(client, () => false, false);
    const { outputs, lines } = await run({}, { isDryRun: true });
    expect(outputs).toMatchObject({ changeSet: [], objects: [] });
    expect(outputs.summary).toContain('| Object | Change |');
    expect(lines).toEqual([
      expect.stringMatching(
        /^info: Dry run: cluster 'dev' was not asked, since no rule of sportsbookScaling\.apply\.rules is about this user and .*; the manifests can be read$/,
      ),
    ]);
    expect(access.requests).toEqual([]);
    await expect(run()).rejects.toThrow(NotAllowedError);
    workspace.addContent({ 'k8s/broken.yaml': 'kind: [' });
    await expect(run({}, { isDryRun: true })).rejects.toThrow(ManifestError);
  });

  it('bears in a dry run that an earlier step rendered nothing', async () => {
    workspace.clear();
    const { outputs } = await run({}, { isDryRun: true });
    expect(outputs).toMatchObject({ changeSet: [], objects: [] });
    await expect(run()).rejects.toThrow(
      "The workspace holds no './k8s'. Render it in an earlier step",
    );
  });

  it('never logs what a manifest holds', async () => {
    const { lines, outputs } = await run();
    expect(JSON.stringify({ lines, outputs })).not.toContain('correct-horse');
    expect(lines).toContain('info: created Secret betting/odds');
  });

  it('does the same again without writing', async () => {
    await run();
    client.writes.length = 0;
    const { lines } = await run();
    expect(client.written()).toEqual([]);
    expect(lines).toContain("info: Cluster 'dev': 2 unchanged");
  });

  it('fails the step when the plan has problems', async () => {
    client.denied.add('create services');
    await expect(run({ plan: true })).rejects.toThrow(PlanRefusedError);
    await expect(run()).rejects.toThrow('may not create services');
  });

  it('names file, document and line of a manifest that does not parse', async () => {
    workspace.addContent({ 'k8s/broken.yaml': `${service}---\nkind: [\n` });
    await expect(run()).rejects.toThrow(ManifestError);
    await expect(run()).rejects.toThrow(/k8s\/broken.yaml, document 2, line 7/);
    expect(access.requests).toEqual([]);
  });

  it('asks for every namespace before it opens the cluster', async () => {
    access = new FakeClusterAccess(client, () => false);
    await expect(run({ otherNamespaces: ['kube-system'] })).rejects.toThrow(
      NotAllowedError,
    );
    expect(access.requests).toEqual([
      {
        cluster: 'dev',
        namespaces: ['betting', 'kube-system'],
        kinds: [],
        clusterScopedKinds: [],
      },
    ]);
    expect(client.writes).toEqual([]);
  });

  it('asks again for the kinds, and writes nothing when they are refused', async () => {
    access = new FakeClusterAccess(
      client,
      ({ kinds }) => !kinds.includes('/Secret'),
    );
    await expect(run()).rejects.toThrow(NotAllowedError);
    expect(access.requests[1]).toEqual({
      cluster: 'dev',
      namespaces: ['betting'],
      kinds: ['/Secret', '/Service'],
      clusterScopedKinds: [],
    });
    expect(client.writes).toEqual([]);
  });

  it('knows the Roles of the set in the namespace that manifests leave out', async () => {
    workspace.setContent({
      'k8s/rbac.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: r}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: a}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
subjects: [{kind: ServiceAccount, name: a, namespace: betting}]
`,
    });
    await run();
    expect(access.requests[1].kinds).toContain(
      'rbac.authorization.k8s.io/RoleBinding:own',
    );
  });

  it('writes nothing of a kind that became another one after it was granted', async () => {
    const discover = client.discover.bind(client);
    let asked = 0;
    client.discover = async options => {
      const catalog = await discover(options);
      asked += 1;
      const isGranted = asked > 1;
      return {
        ...catalog,
        find: (apiVersion, kind) => {
          const found = catalog.find(apiVersion, kind);
          return found && kind === 'Secret' && isGranted
            ? { ...found, namespaced: false }
            : found;
        },
      };
    };
    await expect(run()).rejects.toThrow(
      "its kind '/Secret' was not among those that the cluster was opened for",
    );
    expect(client.written()).toEqual([]);
  });

  it('refuses a trigger that asks a Service of a namespace that is not listed', async () => {
    workspace.setContent({
      'k8s/deployment.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: odds}\nspec: {}\n',
      'k8s/so.yaml': `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: odds}
spec:
  scaleTargetRef: {name: odds}
  triggers:
    - type: prometheus
      metadata: {serverAddress: 'http://vault.secrets.svc:8200', query: up, threshold: '1'}
`,
    });
    await expect(run({ plan: true })).rejects.toThrow(
      /k8s\/so\.yaml, document 1, line 1: .*'secrets' in 'sportsbookScaling\.prometheus\.namespaces'/,
    );
  });

  it('asks again for cluster-scoped kinds, and writes nothing when they are refused', async () => {
    workspace.addContent({
      'k8s/role.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules: []\n',
    });
    access = new FakeClusterAccess(
      client,
      ({ clusterScopedKinds }) => clusterScopedKinds.length === 0,
    );
    await expect(run()).rejects.toThrow(NotAllowedError);
    expect(access.requests[1].clusterScopedKinds).toEqual([
      'rbac.authorization.k8s.io/ClusterRole',
    ]);
    expect(client.writes).toEqual([]);
  });

  it('refuses a path outside the workspace', async () => {
    await expect(run({ sources: [{ path: '../..' }] })).rejects.toThrow(
      NotAllowedError,
    );
  });

  it('applies a download that is what was pinned', async () => {
    const url = 'https://example.com/release.yaml';
    downloads[url] = service;
    const sha256 = createHash('sha256').update(service).digest('hex');
    const { lines, outputs } = await run({ sources: [{ url, sha256 }] });
    expect(outputs.changeSet).toMatchObject([{ file: url, line: 1 }]);
    expect(lines).toEqual(
      expect.arrayContaining([
        `info: Reading ${url}`,
        'info: Read 0.0 MB; the SHA-256 matches',
      ]),
    );
  });

  it('refuses a download that is not what was pinned', async () => {
    const url = 'https://example.com/release.yaml';
    downloads[url] = service;
    const applied = run({ sources: [{ url, sha256: '0'.repeat(64) }] });
    await expect(applied).rejects.toThrow(InputError);
    await expect(applied).rejects.toThrow('is not what was pinned');
    expect(access.requests).toEqual([]);
  });

  it('refuses a URL without a digest', async () => {
    await expect(
      run({ sources: [{ url: 'https://example.com/x.yaml' }] }),
    ).rejects.toThrow(InputError);
  });

  it('stops when the task is cancelled', async () => {
    await expect(
      run({}, { signal: AbortSignal.abort(new Error('cancelled by hand')) }),
    ).rejects.toThrow('cancelled by hand');
    expect(client.writes).toEqual([]);
  });

  it('makes an absent namespace where it is told to, and leaves it out of what is waited for', async () => {
    const { outputs } = await run({
      namespace: 'team-odds',
      createNamespace: true,
    });
    expect(client.written().slice(0, 2)).toEqual([
      'Namespace team-odds',
      'ResourceQuota team-odds/namespace-policy',
    ]);
    expect(outputs.objects).toMatchObject([
      { kind: 'Secret' },
      { kind: 'Service' },
    ]);
    expect(access.requests).toEqual(
      expect.not.arrayContaining([
        expect.objectContaining({ clusterScopedKinds: ['/Namespace'] }),
      ]),
    );
  });

  it.each([
    ['nobody told it to', 'team-odds', {}, /create it \(kubectl create/],
    [
      'its name may not be',
      'other',
      { createNamespace: true },
      /must be named by the pattern team-\[a-z\]\+/,
    ],
    [
      'the cluster allows none to be made',
      'team-odds',
      { createNamespace: true, cluster: 'prod' },
      /create it \(kubectl create/,
    ],
  ])('makes no namespace where %s', async (_, namespace, input, problem) => {
    await expect(run({ namespace, ...input })).rejects.toThrow(problem);
    expect(client.writes.filter(({ dryRun }) => !dryRun)).toEqual([]);
  });

  it('logs what admission warns of', async () => {
    client.admit = () => ({ warnings: ['pollingInterval is not relevant'] });
    const { lines } = await run({ plan: true });
    expect(lines).toContain(
      'warn: Service betting/odds: pollingInterval is not relevant',
    );
  });
});
