import { startTestApi, type TestApi } from '../__testUtils__/startTestApi';
import { installDefinitions } from '../../runtime/installDefinitions';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const SCALED_OBJECTS =
  '/apis/keda.sh/v1alpha1/namespaces/default/scaledobjects';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const JSON_TYPE = 'application/json';
const YAML_TYPE = 'application/yaml';

/** Bodies, and what Kubernetes 1.36.3 says is wrong with them. */
const CASES: readonly {
  title: string;
  path: string;
  type: string;
  body: string;
  kind: string;
  version: string;
  problems: string[];
  refusal?: string;
}[] = [
  {
    title: 'JSON of a built-in kind, in the order of the text',
    path: CONFIG_MAPS,
    type: JSON_TYPE,
    kind: 'ConfigMap',
    version: 'v1',
    body: '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x-a","zzz":1,"name":"x-a"},"foo":1,"data":{"a":"b","a":"c"},"bar":{"x":1,"x":2},"foo":2}',
    problems: [
      'unknown field "metadata.zzz"',
      'duplicate field "metadata.name"',
      'unknown field "foo"',
      'duplicate field "data.a"',
      'unknown field "bar"',
    ],
  },
  {
    title: 'JSON with lists',
    path: DEPLOYMENTS,
    type: JSON_TYPE,
    kind: 'Deployment',
    version: 'v1',
    body: '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x-a"},"zeta":1,"alpha":1,"spec":{"replicas":1,"replicas":2,"q":1,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"a","image":"a","image":"b","c":1},{"name":"b","image":"a","c":1,"c":2}]}}}}',
    problems: [
      'unknown field "zeta"',
      'unknown field "alpha"',
      'duplicate field "spec.replicas"',
      'unknown field "spec.q"',
      'duplicate field "spec.template.spec.containers[0].image"',
      'unknown field "spec.template.spec.containers[0].c"',
      'unknown field "spec.template.spec.containers[1].c"',
    ],
  },
  {
    title: 'YAML of a built-in kind, what is there twice first',
    path: CONFIG_MAPS,
    type: YAML_TYPE,
    kind: 'ConfigMap',
    version: 'v1',
    body: 'apiVersion: v1\nkind: ConfigMap\nfoo: 1\nmetadata:\n  name: x-a\n  name: x-a\n  zzz: 1\ndata:\n  a: b\n  a: c\nbar: 1\nfoo: 2\n',
    problems: [
      'line 6: key "name" already set in map',
      'line 10: key "a" already set in map',
      'line 12: key "foo" already set in map',
      'unknown field "bar"',
      'unknown field "foo"',
      'unknown field "metadata.zzz"',
    ],
    refusal:
      'yaml: unmarshal errors:\n  line 6: key "name" already set in map\n  line 10: key "a" already set in map\n  line 12: key "foo" already set in map, unknown field "bar", unknown field "foo", unknown field "metadata.zzz"',
  },
  {
    title: 'JSON of a custom kind, what is there twice first, then metadata',
    path: SCALED_OBJECTS,
    type: JSON_TYPE,
    kind: 'ScaledObject',
    version: 'v1alpha1',
    body: '{"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject","metadata":{"name":"x-a","zzz":1,"name":"x-a"},"foo":1,"spec":{"wrong":1,"scaleTargetRef":{"name":"a","name":"b","bad":1},"triggers":[],"wrong":2},"bar":3}',
    problems: [
      'duplicate field "metadata.name"',
      'duplicate field "spec.scaleTargetRef.name"',
      'duplicate field "spec.wrong"',
      'unknown field "metadata.zzz"',
      'unknown field "bar"',
      'unknown field "foo"',
      'unknown field "spec.scaleTargetRef.bad"',
      'unknown field "spec.wrong"',
    ],
  },
  {
    title: 'YAML of a custom kind',
    path: SCALED_OBJECTS,
    type: YAML_TYPE,
    kind: 'ScaledObject',
    version: 'v1alpha1',
    body: 'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nfoo: 1\nmetadata:\n  name: x-a\n  zzz: 1\n  name: x-a\nspec:\n  wrong: 1\n  scaleTargetRef:\n    name: a\n    name: b\n    bad: 1\n  triggers: []\nbar: 1\n',
    problems: [
      'line 7: key "name" already set in map',
      'line 12: key "name" already set in map',
      'unknown field "metadata.zzz"',
      'unknown field "bar"',
      'unknown field "foo"',
      'unknown field "spec.scaleTargetRef.bad"',
      'unknown field "spec.wrong"',
    ],
    refusal:
      'yaml: unmarshal errors:\n  line 7: key "name" already set in map\n  line 12: key "name" already set in map, unknown field "metadata.zzz", unknown field "bar", unknown field "foo", unknown field "spec.scaleTargetRef.bad", unknown field "spec.wrong"',
  },
];

const PATCHES = [
  [
    'application/merge-patch+json',
    '{"foo":1,"metadata":{"labels":{"a":"b","a":"c"},"zz":1},"foo":2}',
    [
      'duplicate field "metadata.labels.a"',
      'duplicate field "foo"',
      'unknown field "foo"',
      'unknown field "metadata.zz"',
    ],
  ],
  [
    'application/strategic-merge-patch+json',
    '{"foo":1,"metadata":{"labels":{"a":"b","a":"c"},"zz":1},"foo":2}',
    [
      'duplicate field "metadata.labels.a"',
      'duplicate field "foo"',
      'unknown field "foo"',
      'unknown field "metadata.zz"',
    ],
  ],
  [
    'application/json-patch+json',
    '[{"op":"add","path":"/foo","value":{"a":1,"a":2}},{"op":"add","op":"add","path":"/metadata/zz","value":1}]',
    [
      'json patch duplicate field "[0].value.a"',
      'json patch duplicate field "[1].op"',
      'unknown field "foo"',
      'unknown field "metadata.zz"',
    ],
  ],
] as const;

describe('what is wrong with fields', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
    installDefinitions(api.objects, ['scaledobjects.keda.sh']);
    await api.client.call(CONFIG_MAPS, {
      method: 'POST',
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'there' },
      },
    });
  });
  afterAll(async () => await api.close());

  const warnings = (problems: readonly string[]) =>
    problems.map(one => `299 - ${JSON.stringify(one)}`).join(', ');

  it.each(CASES)(
    'is told of $title',
    async ({ path, type, body, kind, version, problems, refusal }) => {
      const send = (fieldValidation: string) =>
        api.client.call(
          `${path}?dryRun=All&fieldValidation=${fieldValidation}`,
          { method: 'POST', body, headers: { 'Content-Type': type } },
        );
      const strict = await send('Strict');
      expect([strict.status, strict.json.message]).toEqual([
        400,
        `${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${
          refusal ?? problems.join(', ')
        }`,
      ]);
      expect((await send('Warn')).headers.warning).toBe(warnings(problems));
      expect((await send('Ignore')).headers.warning).toBeUndefined();
    },
  );

  it.each(PATCHES)('is told of a patch of %s', async (type, body, problems) => {
    const send = (fieldValidation: string) =>
      api.client.call(
        `${CONFIG_MAPS}/there?dryRun=All&fieldValidation=${fieldValidation}`,
        { method: 'PATCH', body, headers: { 'Content-Type': type } },
      );
    const strict = await send('Strict');
    expect([strict.status, strict.json.message]).toEqual([
      422,
      expect.stringMatching(/^ "" is invalid: patch: Invalid value: /),
    ]);
    expect(strict.json.message).toContain(
      `: strict decoding error: ${problems.join(', ')}`,
    );
    expect((await send('Warn')).headers.warning).toBe(warnings(problems));
  });
});

describe('a PUT of what is not there', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(async () => await api.close());

  const put = (path: string, body: Record<string, unknown>) => {
    const apiVersion = path.replace(/^\/apis?\//, '');
    const { namespaced = true, plural, ...rest } = body;
    return api.client.call(
      `${path}${
        namespaced ? '/namespaces/default' : ''
      }/${plural}/new?dryRun=All`,
      {
        method: 'PUT',
        body: { apiVersion, metadata: { name: 'new' }, ...rest },
      },
    );
  };
  const RBAC = '/apis/rbac.authorization.k8s.io/v1';
  const roleRef = {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'ClusterRole',
    name: 'view',
  };

  it.each([
    ['/api/v1', { kind: 'Endpoints', plural: 'endpoints' }],
    [
      '/api/v1',
      { kind: 'Service', plural: 'services', spec: { ports: [{ port: 80 }] } },
    ],
    ['/apis/coordination.k8s.io/v1', { kind: 'Lease', plural: 'leases' }],
    [RBAC, { kind: 'Role', plural: 'roles' }],
    [RBAC, { kind: 'ClusterRole', plural: 'clusterroles', namespaced: false }],
    [RBAC, { kind: 'RoleBinding', plural: 'rolebindings', roleRef }],
    [
      RBAC,
      {
        kind: 'ClusterRoleBinding',
        plural: 'clusterrolebindings',
        namespaced: false,
        roleRef,
      },
    ],
  ])('makes it: %s %o', async (path, body) => {
    expect((await put(path, body)).status).toBe(201);
  });

  it.each([
    ['/api/v1', { kind: 'ConfigMap', plural: 'configmaps' }],
    ['/api/v1', { kind: 'Secret', plural: 'secrets' }],
    ['/api/v1', { kind: 'ServiceAccount', plural: 'serviceaccounts' }],
    ['/apis/apps/v1', { kind: 'Deployment', plural: 'deployments' }],
    ['/apis/batch/v1', { kind: 'Job', plural: 'jobs' }],
    [
      '/apis/autoscaling/v2',
      { kind: 'HorizontalPodAutoscaler', plural: 'horizontalpodautoscalers' },
    ],
    [
      '/apis/discovery.k8s.io/v1',
      {
        kind: 'EndpointSlice',
        plural: 'endpointslices',
        addressType: 'IPv4',
        endpoints: [],
      },
    ],
  ])('finds nothing: %s %o', async (path, body) => {
    expect((await put(path, body)).status).toBe(404);
  });
});
