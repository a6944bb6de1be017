import { startTestApi, type TestApi } from '../__testUtils__/startTestApi';

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

const DEFINITION = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'matches.sport.example' },
  spec: {
    group: 'sport.example',
    scope: 'Namespaced',
    names: {
      plural: 'matches',
      singular: 'match',
      kind: 'Match',
      shortNames: ['mt'],
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            description: 'A match.',
            properties: {
              spec: {
                type: 'object',
                properties: { home: { type: 'string' } },
              },
            },
          },
        },
      },
    ],
  },
};

describe('discovery', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(async () => await api.close());

  it('says which version it is, and that it is embedded', async () => {
    const { json } = await api.client.call('/version');
    expect(json.gitVersion).toMatch(/^v1\.36\.\d+\+embedded$/);
    expect(json.platform).toBe(
      `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
    );
  });

  it('lists a kind with its subresources in one document', async () => {
    const { headers, json } = await api.client.call('/apis', {
      headers: { accept: `${AGGREGATED},application/json` },
    });
    expect(headers['content-type']).toBe(AGGREGATED);
    expect(json).toMatchObject({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
    });
    const apps = json.items.find((item: any) => item.metadata.name === 'apps');
    expect(
      apps.versions[0].resources.find(
        ({ resource }: any) => resource === 'deployments',
      ),
    ).toEqual({
      resource: 'deployments',
      responseKind: { group: '', version: '', kind: 'Deployment' },
      scope: 'Namespaced',
      singularResource: 'deployment',
      verbs: [
        'create',
        'delete',
        'deletecollection',
        'get',
        'list',
        'patch',
        'update',
        'watch',
      ],
      shortNames: ['deploy'],
      categories: ['all'],
      subresources: [
        {
          subresource: 'scale',
          responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
          verbs: ['get', 'patch', 'update'],
        },
        {
          subresource: 'status',
          responseKind: { group: '', version: '', kind: 'Deployment' },
          verbs: ['get', 'patch', 'update'],
        },
      ],
    });
  });

  it('lists reviews and aggregated APIs too', async () => {
    const { json } = await api.client.call('/apis');
    expect(json.groups.map(({ name }: any) => name)).toEqual(
      expect.arrayContaining([
        'authorization.k8s.io',
        'external.metrics.k8s.io',
      ]),
    );
  });

  it('serves the older documents', async () => {
    const [versions, group, core] = await Promise.all([
      api.client.call('/api'),
      api.client.call('/apis/apps'),
      api.client.call('/api/v1'),
    ]);
    expect(versions.json).toMatchObject({
      kind: 'APIVersions',
      versions: ['v1'],
    });
    expect(group.json).toEqual({
      kind: 'APIGroup',
      apiVersion: 'v1',
      name: 'apps',
      versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
      preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
    });
    const names = core.json.resources.map(({ name }: any) => name);
    expect(names).toEqual(
      expect.arrayContaining(['pods', 'pods/log', 'services/proxy']),
    );
  });

  it('answers 304 until a definition changes what there is, then shows it', async () => {
    const first = await api.client.call('/apis', {
      headers: { accept: AGGREGATED },
    });
    const ask = () =>
      api.client.call('/apis', {
        headers: {
          accept: AGGREGATED,
          'if-none-match': String(first.headers.etag),
        },
      });
    expect((await ask()).status).toBe(304);

    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions`;
    const created = await api.client.call(path, {
      method: 'POST',
      body: DEFINITION,
    });
    expect(created.status).toBe(201);
    let changed = await ask();
    while (changed.status === 304) {
      changed = await ask();
    }
    expect(changed.text).toContain('"kind":"Match"');

    const index = await api.client.call('/openapi/v3');
    const { serverRelativeURL } = index.json.paths['apis/sport.example/v1'];
    const document = await api.client.call(serverRelativeURL);
    expect(document.headers['cache-control']).toBe('public, immutable');
    const { schemas } = document.json.components;
    expect(schemas['example.sport.v1.Match']).toMatchObject({
      description: 'A match.',
      properties: { spec: { properties: { home: { type: 'string' } } } },
      'x-kubernetes-group-version-kind': [
        { group: 'sport.example', kind: 'Match', version: 'v1' },
      ],
    });
    expect(schemas).toHaveProperty([
      'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
    ]);
    const operations =
      document.json.paths[
        '/apis/sport.example/v1/namespaces/{namespace}/matches/{name}'
      ];
    expect(operations.patch).toMatchObject({
      'x-kubernetes-group-version-kind': { kind: 'Match' },
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: 'fieldValidation', in: 'query' }),
      ]),
    });

    await api.client.call(`${path}/matches.sport.example`, {
      method: 'DELETE',
    });
  });

  it('serves the recorded OpenAPI documents by their hash, packed', async () => {
    const index = await api.client.call('/openapi/v3');
    const { serverRelativeURL } = index.json.paths['apis/apps/v1'];
    const { status, headers } = await api.client.call(serverRelativeURL, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect([status, headers['content-encoding']]).toEqual([200, 'gzip']);
    const again = await api.client.call(serverRelativeURL, {
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(again.status).toBe(304);
  });

  it('has an OpenAPI v2 document without kinds, for clients that fall back on it', async () => {
    const json = await api.client.call('/openapi/v2');
    expect(json.json).toMatchObject({ swagger: '2.0', paths: {} });
    const protobuf = await api.client.call('/openapi/v2', {
      headers: {
        accept: 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf',
      },
    });
    expect(protobuf.headers['content-type']).toBe(
      'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
    );
    expect(protobuf.text.slice(0, 5)).toBe('\n\x032.0');
  });

  it('is ready, and says what it looked at', async () => {
    expect((await api.client.call('/readyz')).text).toBe('ok');
    expect((await api.client.call('/livez?verbose')).text).toBe(
      '[+]ping ok\n[+]objects ok\n[+]namespaces ok\nlivez check passed\n',
    );
    expect((await api.client.call('/readyz/nope')).status).toBe(404);
  });

  it('hands a path of an aggregated API on', async () => {
    const { json } = await api.client.call(
      '/apis/external.metrics.k8s.io/v1beta1/namespaces/betting/s0-prometheus?labelSelector=a%3Db',
    );
    expect(json).toEqual({
      kind: 'ExternalMetricValueList',
      path: 'namespaces/betting/s0-prometheus',
      selector: 'a=b',
    });
  });

  it.each(['/nope', '/apis/nope.example', '/apis/nope.example/v1/things'])(
    'answers %s in plain text, as a real server does',
    async path => {
      const { status, headers, text } = await api.client.call(path);
      expect([status, headers['content-type'], text]).toEqual([
        404,
        'text/plain; charset=utf-8',
        '404 page not found\n',
      ]);
    },
  );

  it.each(['/apis/apps/v9', '/api/v1/nopes', '/apis/apps/v1/nopes/x'])(
    'answers %s with a Status, because the group is its own',
    async path => {
      const { status, json } = await api.client.call(path);
      expect(status).toBe(404);
      expect(json).toMatchObject({
        message: 'the server could not find the requested resource',
        reason: 'NotFound',
        details: {},
      });
    },
  );
});
