/** Fields of others, fields that cannot change, and what must not be shown: pure functions. */
import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { KubernetesApiError } from '../errors';
import { isWithinField, valueAtPath } from './fieldPath';
import { dropFields, uniteFields } from './fieldSets';
import { describeImmutableFields, immutableFieldsOf } from './immutableFields';
import { keeperOf } from './keeperOf';
import { planMigration } from './migrateManagers';
import { diffObject, LONGEST_DIFF_LINES, renderDiff } from './objectDiff';
import { overlay } from './overlay';
import { maskSecrets, withStoredData } from './secretValues';

function configMap(data: Record<string, string>): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'limits', namespace: 'betting' },
    data,
  };
}

function secret(contents: Record<string, unknown>): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db', namespace: 'betting' },
    ...contents,
  };
}

const secretRef = {
  apiVersion: 'v1',
  kind: 'Secret',
  name: 'db',
  namespace: 'betting',
};

describe('valueAtPath', () => {
  const object = {
    data: { 'app.json': 'whole', app: { json: 'part' }, 'a.b': { c: 1 } },
    list: [
      { name: 'x]"y', value: 1 },
      { containerPort: 80, protocol: 'TCP', hostPort: 8 },
    ],
    finalizers: ['keep', 'hold'],
  };

  it.each([
    ['.list[name="x]\\"y"].value', 1],
    ['.list[containerPort=80,protocol="TCP"].hostPort', 8],
    ['.list[1].protocol', 'TCP'],
    ['.finalizers[="hold"]', 'hold'],
    ['.data.a.b.c', 1],
    ['.data.app.json', 'whole'],
    ['.data.app', { json: 'part' }],
    ['.data.none', undefined],
    ['.list[name="none"].value', undefined],
  ])('finds what is at %s', (path, value) => {
    expect(valueAtPath(object, path)).toEqual(value);
  });

  it('takes a field for part of another only at a border of keys', () => {
    expect(isWithinField('.spec.replicas', '.spec')).toBe(true);
    expect(isWithinField('.spec.ports[0].port', 'spec.ports')).toBe(true);
    expect(isWithinField('.spec.replicas', '.spec.replicas')).toBe(true);
    expect(isWithinField('.spec.replicasMax', '.spec.replicas')).toBe(false);
    expect(isWithinField('.spec', '.spec.replicas')).toBe(false);
  });
});

describe('dropFields', () => {
  it('takes out what nobody keeps, in maps, lists by key and lists by value', () => {
    const value = {
      spec: {
        replicas: 3,
        paused: true,
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2', extra: 'theirs' },
        ],
        tags: ['x', 'y'],
      },
    };
    const dropped = {
      'f:spec': {
        'f:replicas': {},
        'f:paused': {},
        'f:env': {
          '.': {},
          'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} },
          'k:{"name":"B"}': { '.': {}, 'f:name': {}, 'f:value': {} },
        },
        'f:tags': { 'v:"x"': {}, 'v:"y"': {} },
      },
    };
    const kept = [
      { 'f:spec': { 'f:paused': {}, 'f:tags': { 'v:"y"': {} } } },
      {
        'f:spec': {
          'f:env': { 'k:{"name":"B"}': { '.': {}, 'f:name': {} } },
        },
      },
    ];
    expect(dropFields(value, { dropped, kept })).toEqual({
      spec: {
        paused: true,
        env: [{ name: 'B', extra: 'theirs' }],
        tags: ['y'],
      },
    });
    expect(value.spec.replicas).toBe(3);
  });

  it('unites sets without losing what only one of them has', () => {
    expect(
      uniteFields([
        { 'f:a': { '.': {}, 'f:x': {} } },
        { 'f:a': { 'f:y': {} }, 'f:b': {} },
      ]),
    ).toEqual({ 'f:a': { '.': {}, 'f:x': {}, 'f:y': {} }, 'f:b': {} });
  });
});

describe('planMigration', () => {
  const live: KubernetesObject = {
    ...configMap({ a: '1' }),
    metadata: {
      name: 'limits',
      resourceVersion: '7',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
      managedFields: [
        {
          manager: 'kubectl',
          operation: 'Update',
          subresource: 'scale',
          fieldsV1: { 'f:spec': { 'f:replicas': {} } },
        },
        {
          manager: 'kubectl-client-side-apply',
          operation: 'Update',
          apiVersion: 'v1',
          fieldsV1: { 'f:data': { 'f:a': {} } },
        },
        {
          manager: 'backstage-sportsbook-scaling',
          operation: 'Apply',
          apiVersion: 'v1',
          fieldsV1: { 'f:data': { 'f:b': {} } },
        },
      ],
    },
  };

  it('hands the fields over by a patch that holds for one version only', () => {
    const migration = planMigration(live, [
      'kubectl',
      'kubectl-client-side-apply',
    ]);
    expect(migration?.managers).toEqual(['kubectl-client-side-apply']);
    expect(migration?.patch).toMatchObject([
      {
        path: '/metadata/managedFields',
        value: [
          { manager: 'kubectl', subresource: 'scale' },
          {
            manager: 'backstage-sportsbook-scaling',
            operation: 'Apply',
            fieldsV1: { 'f:data': { 'f:a': {}, 'f:b': {} } },
          },
        ],
      },
      {
        op: 'remove',
        path: '/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration',
      },
      { op: 'replace', path: '/metadata/resourceVersion', value: '7' },
    ]);
  });

  it('has nothing to do where the managers own nothing', () => {
    expect(planMigration(live, ['kubectl', 'helm'])).toBeUndefined();
    expect(planMigration(live, [])).toBeUndefined();
  });
});

describe('immutableFieldsOf', () => {
  const refused = (field: string, message: string, status = 422) =>
    new KubernetesApiError('refused', { status, causes: [{ field, message }] });

  // As a live API server of 1.36 said it.
  it.each([
    ['spec.selector', 'Invalid value: {"a":"b"}: field is immutable'],
    ['roleRef', 'Invalid value: {"Name":"edit"}: cannot change roleRef'],
    ['data', 'Forbidden: field is immutable when `immutable` is set'],
    [
      'spec',
      "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals' are forbidden",
    ],
    ['spec.clusterIPs[0]', 'Invalid value: ["None"]: may not change once set'],
    ['value', 'Forbidden: may not be changed in an update.'],
    [
      'spec',
      'Forbidden: spec is immutable after creation except resources.requests for bound claims\n@@ -1,6 +1,6 @@',
    ],
  ])('knows %s: %s', (field, message) => {
    const found = immutableFieldsOf(refused(field, message));
    expect(found).toMatchObject([{ field: `.${field}` }]);
    expect(describeImmutableFields(found ?? [])).not.toMatch(
      /Invalid value|"b"|edit|@@/,
    );
  });

  it('does not take other refusals for it', () => {
    expect(
      immutableFieldsOf(
        refused('spec.ports[0].nodePort', 'provided port is already allocated'),
      ),
    ).toBeUndefined();
    expect(
      immutableFieldsOf(refused('spec', 'field is immutable', 409)),
    ).toBeUndefined();
    expect(immutableFieldsOf(new Error('field is immutable'))).toBeUndefined();
  });
});

describe('maskSecrets', () => {
  it('tells that a value of a Secret changes, and neither value', () => {
    const { before, after } = maskSecrets({
      before: secret({ data: { a: 'b25l', same: 'eA==', gone: 'Zw==' } }),
      after: secret({ data: { a: 'dHdv', same: 'eA==', made: 'bQ==' } }),
    });
    expect(before?.data).toEqual({
      a: '***** (before)',
      same: '*****',
      gone: '*****',
    });
    expect(after?.data).toEqual({
      a: '***** (after)',
      same: '*****',
      made: '*****',
    });
  });

  it('sees stringData as the server will store it', () => {
    const written = withStoredData(
      secret({ data: { a: 'b25l', same: 'eA==' }, stringData: { a: 'two' } }),
    );
    expect(written.data).toEqual({ a: 'dHdv', same: 'eA==' });
    expect(written).not.toHaveProperty('stringData');
  });

  it('masks what is secret outside of Secrets, and leaves names and files of secrets', () => {
    const { after } = maskSecrets({
      after: {
        ...configMap({ DB_PASSWORD: 'hunter2', region: 'eu' }),
        spec: {
          env: [
            { name: 'API_TOKEN', value: 'hunter2' },
            { name: 'MODE', value: 'fast' },
          ],
          args: ['--db-password=hunter2', '--url=https://ann:hunter2@db/x'],
          secretName: 'db',
          bearerTokenFile: '/var/run/token',
        },
      },
    });
    expect(JSON.stringify(after)).not.toContain('hunter2');
    expect(after).toMatchObject({
      data: { DB_PASSWORD: '*****', region: 'eu' },
      spec: {
        env: [{ value: '*****' }, { value: 'fast' }],
        args: ['--db-password=*****', '--url=https://*****@db/x'],
        secretName: 'db',
        bearerTokenFile: '/var/run/token',
      },
    });
  });
});

describe('renderDiff', () => {
  it('shows the lines that change, without what the server keeps', () => {
    const live = configMap({ limit: '100', region: 'eu' });
    const { ref, lines } = diffObject(
      { ...secretRef, kind: 'ConfigMap', name: 'limits' },
      {
        before: {
          ...live,
          metadata: { ...live.metadata, uid: 'u1', resourceVersion: '5' },
          status: { seen: true },
        },
        after: configMap({ region: 'eu', limit: '200' }),
      },
    );
    expect(renderDiff([{ ref, lines, omittedLines: 0 }]).split('\n')).toEqual([
      '--- ConfigMap betting/limits (live)',
      '+++ ConfigMap betting/limits (planned)',
      '@@ -1,6 +1,6 @@',
      ' apiVersion: v1',
      ' data:',
      '-  limit: "100"',
      '+  limit: "200"',
      '   region: eu',
      ' kind: ConfigMap',
      ' metadata:',
    ]);
  });

  it('never shows what a Secret holds, in either form', () => {
    const text = renderDiff([
      diffObject(secretRef, {
        before: secret({ data: { password: 'b25l' } }),
        after: secret({ stringData: { password: 'two' } }),
      }),
      diffObject(secretRef, { after: secret({ stringData: { x: 'three' } }) }),
    ]);
    expect(text).toContain('-  password: "***** (before)"');
    expect(text).toContain('+  password: "***** (after)"');
    expect(text).toContain('+  x: "*****"');
    expect(text).not.toMatch(/b25l|two|dHdv|three/);
  });

  it('leaves out what does not change', () => {
    const same = {
      before: configMap({ a: '1' }),
      after: configMap({ a: '1' }),
    };
    expect(renderDiff([diffObject(secretRef, same)])).toBe('');
  });

  it('bounds each object, each line and the whole, and says what is left out', () => {
    const long = diffObject(secretRef, {
      after: configMap(
        Object.fromEntries(
          Array.from({ length: 1_000 }, (_, index) => [`k${index}`, 'v']),
        ),
      ),
    });
    expect(long.lines).toHaveLength(LONGEST_DIFF_LINES);
    expect(renderDiff([long])).toContain(`… ${long.omittedLines} more lines`);
    const wide = diffObject(secretRef, {
      after: configMap({ script: 'x'.repeat(10_000) }),
    });
    expect(renderDiff([wide]).length).toBeLessThan(2_000);
    expect(renderDiff([long, wide], { longestCharacters: 100 })).toBe(
      'Not shown, for length: Secret betting/db, Secret betting/db',
    );
  });

  it.each([
    ['have little in common', 1_500, ''],
    ['are very large', 1, 'x'.repeat(70_000)],
  ])('names the fields where two objects %s', (_, length, value) => {
    const data = (prefix: string) =>
      configMap(
        Object.fromEntries(
          Array.from({ length }, (__, index) => [
            `k${index}`,
            prefix + index + value,
          ]),
        ),
      );
    const { lines } = diffObject(secretRef, {
      before: data('a'),
      after: data('b'),
    });
    expect(lines[0]).toBe('~.data.k0');
  });

  it('does not write out a very large object that is made', () => {
    const { lines } = diffObject(secretRef, {
      after: configMap({ script: 'x'.repeat(70_000) }),
    });
    expect(lines).toEqual(['+the whole object, too long to show']);
  });
});

describe('overlay', () => {
  it('keeps what the manifest does not say, in items of the same name too', () => {
    const live = {
      ...configMap({ a: '1' }),
      spec: {
        containers: [{ name: 'api', image: 'a:1', pullPolicy: 'Always' }],
        ports: [80],
      },
    };
    const manifest = {
      ...configMap({ b: '2' }),
      spec: { containers: [{ name: 'api', image: 'a:2' }], ports: [81] },
    };
    expect(overlay(live, manifest)).toMatchObject({
      data: { a: '1', b: '2' },
      spec: {
        containers: [{ name: 'api', image: 'a:2', pullPolicy: 'Always' }],
        ports: [81],
      },
    });
  });
});

describe('keeperOf', () => {
  const withMetadata = (metadata: object): KubernetesObject => ({
    ...configMap({}),
    metadata: { name: 'limits', ...metadata },
  });

  it.each([
    [
      'HorizontalPodAutoscaler x',
      {
        ownerReferences: [
          { kind: 'HorizontalPodAutoscaler', name: 'x', controller: true },
        ],
      },
    ],
    [
      'Kustomization flux-system/odds',
      {
        labels: {
          'kustomize.toolkit.fluxcd.io/name': 'odds',
          'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
        },
      },
    ],
    [
      'Application odds',
      {
        annotations: {
          'argocd.argoproj.io/tracking-id': 'odds:/ConfigMap:betting/limits',
        },
      },
    ],
    [
      'Helm release betting/odds',
      {
        annotations: {
          'meta.helm.sh/release-name': 'odds',
          'meta.helm.sh/release-namespace': 'betting',
        },
      },
    ],
    ["kapp's app 17", { labels: { 'kapp.k14s.io/app': '17' } }],
    [undefined, { ownerReferences: [{ kind: 'ConfigMap', name: 'x' }] }],
  ])('is %s', (keeper, metadata) => {
    expect(keeperOf(withMetadata(metadata))).toBe(keeper);
  });
});
