import recorded from '../__fixtures__/kubectl-protobuf-bodies.json';
import { startTestApi, type TestApi } from '../__testUtils__/startTestApi';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

const configMap = (name: string, data: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

describe('the verbs', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(async () => await api.close());

  const create = async (name: string, data?: Record<string, string>) =>
    await api.client.call(CONFIG_MAPS, {
      method: 'POST',
      body: configMap(name, data),
    });

  it('creates, reads, replaces and deletes', async () => {
    const created = await create('life', { a: '1' });
    expect([created.status, created.json.data]).toEqual([201, { a: '1' }]);
    expect(created.headers['audit-id']).toMatch(/^[0-9a-f-]{36}$/);

    const read = await api.client.call(`${CONFIG_MAPS}/life`);
    expect([read.status, read.json]).toEqual([200, created.json]);

    const replaced = await api.client.call(`${CONFIG_MAPS}/life`, {
      method: 'PUT',
      body: { ...created.json, data: { a: '2' } },
    });
    expect([replaced.status, replaced.json.data]).toEqual([200, { a: '2' }]);

    const stale = await api.client.call(`${CONFIG_MAPS}/life`, {
      method: 'PUT',
      body: { ...created.json, data: { a: '3' } },
    });
    expect([stale.status, stale.json.reason]).toEqual([409, 'Conflict']);

    const deleted = await api.client.call(`${CONFIG_MAPS}/life`, {
      method: 'DELETE',
    });
    expect(deleted.json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {
        name: 'life',
        kind: 'configmaps',
        uid: created.json.metadata.uid,
      },
    });
    const gone = await api.client.call(`${CONFIG_MAPS}/life`);
    expect([gone.status, gone.json.message]).toEqual([
      404,
      'configmaps "life" not found',
    ]);
  });

  it('takes the manager from the program that asks, unless it is named', async () => {
    const managerOf = async (query: string) => {
      const { json } = await api.client.call(`${CONFIG_MAPS}${query}`, {
        method: 'POST',
        headers: { 'user-agent': 'kubectl/v1.36 (linux)' },
        body: configMap(`manager-${query.length}`, { a: '1' }),
      });
      return json.metadata.managedFields[0].manager;
    };
    expect(await managerOf('')).toBe('kubectl');
    expect(await managerOf('?fieldManager=me')).toBe('me');
  });

  it('applies YAML and JSON, once creating and then changing', async () => {
    const yaml =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: applied\ndata:\n  a: "1"\n';
    const first = await api.client.apply(`${CONFIG_MAPS}/applied`, yaml);
    expect(first.status).toBe(201);
    const second = await api.client.apply(
      `${CONFIG_MAPS}/applied`,
      configMap('applied', { a: '2' }),
    );
    expect([second.status, second.json.data]).toEqual([200, { a: '2' }]);
    const other = await api.client.apply(
      `${CONFIG_MAPS}/applied`,
      configMap('applied', { a: '3' }),
      'fieldManager=other',
    );
    expect(other.status).toBe(409);
    expect(other.json.details.causes).toEqual([
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "test"',
        field: '.data.a',
      },
    ]);
    const forced = await api.client.apply(
      `${CONFIG_MAPS}/applied`,
      configMap('applied', { a: '3' }),
      'fieldManager=other&force=true',
    );
    expect([forced.status, forced.json.data]).toEqual([200, { a: '3' }]);
  });

  it.each([
    ['application/merge-patch+json', { data: { b: '2' } }],
    ['application/strategic-merge-patch+json', { data: { b: '2' } }],
    [
      'application/json-patch+json',
      [{ op: 'add', path: '/data/b', value: '2' }],
    ],
  ])('patches with %s', async (type, body) => {
    const name = `patched-${type.length}`;
    await create(name, { a: '1' });
    const { status, json } = await api.client.call(`${CONFIG_MAPS}/${name}`, {
      method: 'PATCH',
      headers: { 'content-type': type },
      body,
    });
    expect([status, json.data]).toEqual([200, { a: '1', b: '2' }]);
  });

  it('reads what kubectl sends in protobuf', async () => {
    const { contentType, base64 } =
      recorded['/api/v1/namespaces/betting/configmaps'];
    await api.client.call('/api/v1/namespaces', {
      method: 'POST',
      body: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'betting' },
      },
    });
    const { status, json } = await api.client.call(
      '/api/v1/namespaces/betting/configmaps',
      {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: Buffer.from(base64, 'base64'),
      },
    );
    expect([status, json.data]).toEqual([201, { mode: 'live' }]);
  });

  it('stores nothing in a dry run', async () => {
    const { status } = await api.client.call(`${CONFIG_MAPS}?dryRun=All`, {
      method: 'POST',
      body: configMap('dry'),
    });
    expect(status).toBe(201);
    expect((await api.client.call(`${CONFIG_MAPS}/dry`)).status).toBe(404);
  });

  it('warns of a field twice, and refuses it where it has to be strict', async () => {
    const body =
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"twice"},"data":{"a":"1","a":"2"}}';
    const send = (query: string) =>
      api.client.call(`${CONFIG_MAPS}?dryRun=All${query}`, {
        method: 'POST',
        body,
      });
    const warned = await send('');
    expect([warned.status, warned.headers.warning]).toEqual([
      201,
      '299 - "duplicate field \\"data.a\\""',
    ]);
    const strict = await send('&fieldValidation=Strict');
    expect([strict.status, strict.json.message]).toEqual([
      400,
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: duplicate field "data.a"',
    ]);
    expect((await send('&fieldValidation=Ignore')).headers.warning).toBe(
      undefined,
    );
  });

  it('lists in pages and by label', async () => {
    for (const name of ['page-a', 'page-b', 'page-c']) {
      await api.client.call(CONFIG_MAPS, {
        method: 'POST',
        body: {
          ...configMap(name),
          metadata: { name, labels: { paged: 'yes' } },
        },
      });
    }
    const first = await api.client.call(
      `${CONFIG_MAPS}?labelSelector=paged%3Dyes&limit=2`,
    );
    expect(first.json).toMatchObject({
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      items: [
        { metadata: { name: 'page-a' } },
        { metadata: { name: 'page-b' } },
      ],
    });
    // A real server leaves the kind out of what is in a list.
    expect(first.json.items[0]).not.toHaveProperty('kind');
    const rest = await api.client.call(
      `${CONFIG_MAPS}?labelSelector=paged%3Dyes&limit=2&continue=${encodeURIComponent(
        first.json.metadata.continue,
      )}`,
    );
    expect(rest.json.items.map((item: any) => item.metadata.name)).toEqual([
      'page-c',
    ]);
  });

  it('deletes what a selector matches, and nothing else', async () => {
    for (const name of ['collected', 'kept']) {
      await api.client.call(CONFIG_MAPS, {
        method: 'POST',
        body: {
          ...configMap(name),
          metadata: { name, labels: { fate: name } },
        },
      });
    }
    const { json } = await api.client.call(
      `${CONFIG_MAPS}?labelSelector=fate%3Dcollected`,
      { method: 'DELETE' },
    );
    expect(json.items).toHaveLength(1);
    expect((await api.client.call(`${CONFIG_MAPS}/collected`)).status).toBe(
      404,
    );
    expect((await api.client.call(`${CONFIG_MAPS}/kept`)).status).toBe(200);
  });

  it('honours preconditions of a deletion', async () => {
    await create('precious');
    const { status, json } = await api.client.call(`${CONFIG_MAPS}/precious`, {
      method: 'DELETE',
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        preconditions: { uid: 'another' },
      },
    });
    expect([status, json.reason]).toEqual([409, 'Conflict']);
  });

  it('prints tables, with as much of the object as is asked for', async () => {
    await create('printed');
    const ask = async (include: string) =>
      (
        await api.client.call(
          `${CONFIG_MAPS}?fieldSelector=metadata.name%3Dprinted${include}`,
          { headers: { accept: `${TABLE},application/json` } },
        )
      ).json;
    const table = await ask('');
    expect(table).toMatchObject({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      columnDefinitions: [{ name: 'Name' }],
      rows: [
        {
          cells: ['printed'],
          object: {
            kind: 'PartialObjectMetadata',
            apiVersion: 'meta.k8s.io/v1',
            metadata: { name: 'printed' },
          },
        },
      ],
    });
    expect(table.rows[0].object).not.toHaveProperty('data');
    expect((await ask('&includeObject=Object')).rows[0].object.kind).toBe(
      'ConfigMap',
    );
    expect((await ask('&includeObject=None')).rows[0].object).toBeNull();
  });

  it('gives metadata alone', async () => {
    await create('partial', { a: '1' });
    const one = await api.client.call(`${CONFIG_MAPS}/partial`, {
      headers: {
        accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
      },
    });
    expect(Object.keys(one.json)).toEqual(['kind', 'apiVersion', 'metadata']);
    const list = await api.client.call(CONFIG_MAPS, {
      headers: {
        accept:
          'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
      },
    });
    expect(list.json.kind).toBe('PartialObjectMetadataList');
    expect(list.json.items[0].kind).toBe('PartialObjectMetadata');
  });

  it('answers YAML to who asks for it', async () => {
    await create('yaml');
    const { headers, text } = await api.client.call(`${CONFIG_MAPS}/yaml`, {
      headers: { accept: 'application/yaml' },
    });
    expect(headers['content-type']).toBe('application/yaml');
    expect(text).toContain('kind: ConfigMap\n');
  });

  it('reads and writes the scale of a Deployment', async () => {
    const deployments = '/apis/apps/v1/namespaces/default/deployments';
    const selector = { app: 'scaled' };
    await api.client.call(deployments, {
      method: 'POST',
      body: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'scaled' },
        spec: {
          replicas: 2,
          selector: { matchLabels: selector },
          template: {
            metadata: { labels: selector },
            spec: { containers: [{ name: 'main', image: 'node:22-slim' }] },
          },
        },
      },
    });
    const path = `${deployments}/scaled/scale`;
    const { json } = await api.client.call(path);
    expect(json).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name: 'scaled', namespace: 'default' },
      spec: { replicas: 2 },
      status: { replicas: 0, selector: 'app=scaled' },
    });
    const put = await api.client.call(path, {
      method: 'PUT',
      body: { ...json, spec: { replicas: 3 } },
    });
    expect([put.status, put.json.spec]).toEqual([200, { replicas: 3 }]);
    const patched = await api.client.call(path, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec: { replicas: 4 } },
    });
    expect(patched.json.kind).toBe('Scale');
    const deployment = await api.client.call(`${deployments}/scaled`);
    expect(deployment.json.spec.replicas).toBe(4);
  });

  it('issues a token for a ServiceAccount that is there', async () => {
    const accounts = '/api/v1/namespaces/default/serviceaccounts';
    await api.client.call(accounts, {
      method: 'POST',
      body: {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'robot' },
      },
    });
    const { status, json } = await api.client.call(`${accounts}/robot/token`, {
      method: 'POST',
      body: { spec: { expirationSeconds: 1200 } },
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      kind: 'TokenRequest',
      status: { token: 'token-of-robot-for-1200' },
    });
    const absent = await api.client.call(`${accounts}/nobody/token`, {
      method: 'POST',
      body: {},
    });
    expect([absent.status, absent.json.message]).toEqual([
      404,
      'serviceaccounts "nobody" not found',
    ]);
  });

  it('answers a review to the one who asks', async () => {
    const { status, json } = await api.client.call(
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      {
        method: 'POST',
        headers: { authorization: 'Bearer alice' },
        body: { spec: { resourceAttributes: { verb: 'get' } } },
      },
    );
    expect([status, json.status.reason]).toEqual([201, 'alice may']);
  });

  describe('refusals', () => {
    it.each([
      [
        'POST',
        CONFIG_MAPS,
        '{',
        {},
        400,
        "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input ({)",
      ],
      [
        'POST',
        CONFIG_MAPS,
        '',
        {},
        400,
        "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)",
      ],
      [
        'POST',
        CONFIG_MAPS,
        '{"apiVersion":"v1","kind":"Secret"}',
        {},
        400,
        'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
      ],
      [
        'POST',
        CONFIG_MAPS,
        '{"metadata":{"name":"a","namespace":"other"}}',
        {},
        400,
        'the namespace of the provided object does not match the namespace sent on the request',
      ],
      [
        'POST',
        CONFIG_MAPS,
        'x',
        { 'content-type': 'text/plain' },
        415,
        'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
      ],
      [
        'POST',
        `${CONFIG_MAPS}?dryRun=Some`,
        '{}',
        {},
        422,
        'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
      ],
      [
        'POST',
        `${CONFIG_MAPS}?fieldValidation=Foo`,
        '{}',
        {},
        422,
        'CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Foo": supported values: "", "Ignore", "Strict", "Warn"',
      ],
      [
        'PUT',
        `${CONFIG_MAPS}/a`,
        '{"metadata":{"name":"b"}}',
        {},
        400,
        'the name of the object (b) does not match the name on the URL (a)',
      ],
      [
        'PUT',
        CONFIG_MAPS,
        '{}',
        {},
        405,
        'the server does not allow this method on the requested resource',
      ],
      [
        'PATCH',
        `${CONFIG_MAPS}/a`,
        '{}',
        {},
        415,
        '415: Unsupported Media Type',
      ],
      [
        'PATCH',
        `${CONFIG_MAPS}/a`,
        '{}',
        { 'content-type': 'application/apply-patch+yaml' },
        422,
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      ],
      [
        'PATCH',
        `${CONFIG_MAPS}/a?fieldManager=x`,
        '{"apiVersion":"v1","kind":"Secret"}',
        { 'content-type': 'application/apply-patch+yaml' },
        400,
        'invalid object type: /v1, Kind=Secret',
      ],
      [
        'PATCH',
        `${CONFIG_MAPS}/a?fieldManager=x`,
        '{"apiVersion":"v1","kind":"ConfigMap"}',
        { 'content-type': 'application/apply-patch+yaml' },
        400,
        'the name of the object (a based on URL) was undeterminable: name must be provided',
      ],
      [
        'PATCH',
        `${CONFIG_MAPS}/a?force=true`,
        '{}',
        { 'content-type': 'application/merge-patch+json' },
        422,
        'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
      ],
      [
        'DELETE',
        `${CONFIG_MAPS}/a`,
        '{"propagationPolicy":"Foo"}',
        {},
        422,
        'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Foo": supported values: "Foreground", "Background", "Orphan", "nil"',
      ],
      [
        'GET',
        `${CONFIG_MAPS}?limit=x`,
        undefined,
        {},
        400,
        'strconv.ParseInt: parsing "x": invalid syntax',
      ],
      [
        'GET',
        `${CONFIG_MAPS}?resourceVersionMatch=Exact`,
        undefined,
        {},
        422,
        'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
      ],
      [
        'GET',
        '/apis/apps/v1/namespaces/default/deployments/x/nope',
        undefined,
        {},
        404,
        'the server could not find the requested resource',
      ],
      [
        'GET',
        `${CONFIG_MAPS}/a`,
        undefined,
        { accept: 'text/html' },
        406,
        '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml',
      ],
      [
        'POST',
        '/api/v1/namespaces/default/pods/p/exec?command=ls',
        undefined,
        {},
        501,
        'the embedded cluster cannot exec in containers: they are processes without a shell; read their logs instead',
      ],
    ])(
      'answers %s %s with the body %p as a real server does',
      async (method, path, body, headers, status, message) => {
        const answer = await api.client.call(path, { method, body, headers });
        expect(answer.json?.message).toBe(message);
        expect(answer.status).toBe(status);
      },
    );

    it('refuses a body of more than 3 MiB, and reads on', async () => {
      const body = Buffer.alloc(3 * 1024 * 1024 + 1, 'a');
      const { status, json } = await api.client.call(CONFIG_MAPS, {
        method: 'POST',
        body,
      });
      expect([status, json]).toEqual([
        413,
        {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: 'Request entity too large: limit is 3145728',
          reason: 'RequestEntityTooLarge',
          code: 413,
        },
      ]);
      expect((await api.client.call('/readyz')).text).toBe('ok');
    });
  });
});
