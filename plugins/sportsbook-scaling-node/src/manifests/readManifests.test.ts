import { ManifestError } from '../errors/ManifestError';
import { readManifests } from './readManifests';

function problemsOf(text: string, path = 'k8s/x.yaml'): string[] {
  try {
    readManifests([{ path, text }]);
  } catch (error) {
    if (error instanceof ManifestError) {
      return error.message.split('\n');
    }
    throw error;
  }
  return [];
}

describe('readManifests', () => {
  it('knows file, document and line of each object', () => {
    const objects = readManifests([
      {
        path: 'k8s/all.yaml',
        text: `# a comment alone
---
apiVersion: v1
kind: Service
metadata: {name: odds}
---

apiVersion: apps/v1
kind: Deployment
metadata: {name: odds}
`,
      },
      {
        path: 'k8s/one.json',
        text: '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "odds"}}',
      },
    ]);
    expect(objects.map(({ object, source }) => [object.kind, source])).toEqual([
      ['Service', { file: 'k8s/all.yaml', document: 1, line: 3 }],
      ['Deployment', { file: 'k8s/all.yaml', document: 2, line: 8 }],
      ['ConfigMap', { file: 'k8s/one.json', document: 1, line: 1 }],
    ]);
  });

  it('unrolls a List, each item with its own line', () => {
    const objects = readManifests([
      {
        path: 'list.yaml',
        text: `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: a}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: b}
`,
      },
    ]);
    expect(
      objects.map(({ object, source }) => [object.metadata.name, source.line]),
    ).toEqual([
      ['a', 4],
      ['b', 7],
    ]);
  });

  it('reports the problems of all files in one error', () => {
    const broken = () =>
      readManifests([
        {
          path: 'k8s/a.yaml',
          text: 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\nkind: [\n',
        },
        { path: 'k8s/b.yaml', text: 'apiVersion: v1\nkind: ConfigMap\n' },
      ]);
    expect(broken).toThrow(ManifestError);
    expect(broken).toThrow(/k8s\/a.yaml, document 2, line \d: .+/);
    expect(broken).toThrow(
      'k8s/b.yaml, document 1, line 1: metadata.name is missing',
    );
  });

  it('names every missing part of an object', () => {
    expect(problemsOf('foo: bar')).toEqual([
      'k8s/x.yaml, document 1, line 1: apiVersion is missing',
      'k8s/x.yaml, document 1, line 1: kind is missing',
      'k8s/x.yaml, document 1, line 1: metadata.name is missing',
    ]);
  });

  it('asks for quotes around names, labels and annotations that YAML reads as something else', () => {
    expect(
      problemsOf(
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: true\n  labels: {a: 1}\n  annotations: {b: on}\n',
      ),
    ).toEqual([
      'k8s/x.yaml, document 1, line 1: metadata.name is true, which is no text; put it in quotes',
      'k8s/x.yaml, document 1, line 1: metadata.labels.a is 1, which is no text; put it in quotes',
      'k8s/x.yaml, document 1, line 1: metadata.annotations.b is true, which is no text; put it in quotes',
    ]);
  });

  it('refuses an object that is given twice, in whatever version', () => {
    expect(
      problemsOf(
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n---\napiVersion: apps/v1beta1\nkind: Deployment\nmetadata: {name: a}\n',
      ),
    ).toEqual([
      'k8s/x.yaml, document 2, line 5: Deployment a is given a second time; the first is in k8s/x.yaml, document 1, line 1',
    ]);
  });

  it('refuses a key that is given twice', () => {
    expect(
      problemsOf('apiVersion: v1\nkind: A\nkind: B\nmetadata: {name: a}\n'),
    ).toEqual([expect.stringContaining('line 3: ')]);
  });

  it('refuses a name that the server would make up', () => {
    expect(
      problemsOf('apiVersion: v1\nkind: A\nmetadata: {generateName: a-}\n'),
    ).toEqual([expect.stringContaining('metadata.generateName')]);
  });

  it('refuses an alias that expands without end', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefg'
        .split('')
        .map(
          (name, index) =>
            `${name}: &${name} [${Array(9)
              .fill(`*${'abcdefg'[index]}`)
              .join(', ')}]`,
        ),
    ].join('\n');
    expect(problemsOf(bomb)).toEqual([expect.stringContaining('alias')]);
  });

  it('reads scalars as kubectl does', () => {
    const [{ object }] = readManifests([
      {
        path: 'a.yaml',
        text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: odds-1e3}\ndata: {a: yes, b: 12:30, c: 2026-11-24, d: 010, e: 1e3, f: null, g: "yes"}\n',
      },
    ]);
    expect(object.data).toEqual({
      a: true,
      b: '12:30',
      c: '2026-11-24',
      d: 8,
      e: 1000,
      f: null,
      g: 'yes',
    });
  });
});
