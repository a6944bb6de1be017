import { InputError } from '@backstage/errors';
import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { OWN_ROLE_BINDING, ROLE_BINDING } from '../model/WrittenKinds';
import { FakeCluster } from '../testUtils/FakeCluster';
import {
  deployment,
  gadget,
  gadgetDefinition,
  sourced,
} from '../testUtils/serviceManifests';
import { resolveForDelete, writtenKindsOf } from './writtenKinds';

const rbac = 'rbac.authorization.k8s.io/v1';
const account: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'scraper' },
};
const role: KubernetesObject = {
  apiVersion: rbac,
  kind: 'Role',
  metadata: { name: 'scraper' },
  rules: [],
};
const binding = (
  roleRef: { kind: string; name: string },
  subject: { kind: string; name: string; namespace?: string } = {
    kind: 'ServiceAccount',
    name: 'scraper',
    namespace: 'betting',
  },
): KubernetesObject => ({
  apiVersion: rbac,
  kind: 'RoleBinding',
  metadata: { name: 'scraper' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...roleRef },
  subjects: [subject],
});
const toOwnRole = { kind: 'Role', name: 'scraper' };

describe('writtenKindsOf', () => {
  const client = new FakeCluster(['betting']);
  const kindsOf = (...objects: KubernetesObject[]) =>
    writtenKindsOf({
      client,
      manifests: sourced(...objects),
      namespace: 'betting',
    });

  it('tells namespaced kinds from cluster-scoped ones, each once', async () => {
    expect(
      await kindsOf(deployment, deployment, gadget, gadgetDefinition),
    ).toEqual({
      kinds: ['apps/Deployment', 'example.com/Gadget'],
      clusterScopedKinds: ['apiextensions.k8s.io/CustomResourceDefinition'],
    });
  });

  it('knows a binding that gives nothing but what the manifests show', async () => {
    expect((await kindsOf(account, role, binding(toOwnRole))).kinds).toContain(
      OWN_ROLE_BINDING,
    );
  });

  it.each([
    ['a ClusterRole', binding({ kind: 'ClusterRole', name: 'scraper' })],
    ['a Role outside the set', binding({ kind: 'Role', name: 'admin' })],
    [
      'an account outside the set',
      binding(toOwnRole, {
        kind: 'ServiceAccount',
        name: 'default',
        namespace: 'betting',
      }),
    ],
    [
      'an account of another namespace',
      binding(toOwnRole, {
        kind: 'ServiceAccount',
        name: 'scraper',
        namespace: 'elsewhere',
      }),
    ],
    ['a group', binding(toOwnRole, { kind: 'Group', name: 'scraper' })],
  ])('takes a binding with %s for one to any role', async (_title, object) => {
    const { kinds } = await kindsOf(account, role, object);
    expect(kinds).toContain(ROLE_BINDING);
    expect(kinds).not.toContain(OWN_ROLE_BINDING);
  });

  it('asks the cluster anew, since a kind may have changed its scope', async () => {
    const asked: unknown[] = [];
    const remembering = Object.assign(new FakeCluster(['betting']), {
      discover: async (options?: { fresh?: boolean }) => {
        asked.push(options?.fresh);
        return client.discover();
      },
    });
    const request = {
      client: remembering,
      manifests: sourced(deployment),
      namespace: 'betting',
    };
    await writtenKindsOf(request);
    await resolveForDelete({ ...request, objects: [] });
    expect(asked).toEqual([true, true]);
  });
});

describe('resolveForDelete', () => {
  const client = new FakeCluster(['betting']);
  const resolve = (
    ...refs: {
      apiVersion: string;
      kind: string;
      name: string;
      namespace?: string;
    }[]
  ) =>
    resolveForDelete({
      client,
      manifests: sourced(deployment),
      objects: refs.map(ref => ({ ref, uid: 'u' })),
      namespace: 'betting',
    });
  const namespace = { apiVersion: 'v1', kind: 'Namespace', name: 'betting' };

  it('takes a cluster-scoped kind for that, whatever namespace a ref names', async () => {
    expect(await resolve({ ...namespace, namespace: 'betting' })).toEqual({
      objects: [
        { ref: namespace, uid: 'u' },
        {
          ref: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'odds',
            namespace: 'betting',
          },
          uid: undefined,
        },
      ],
      kinds: ['apps/Deployment'],
      clusterScopedKinds: ['/Namespace'],
    });
  });

  it('counts a binding to whatever role as an own one, since its deletion gives nobody a right', async () => {
    const { kinds } = await resolve({
      apiVersion: rbac,
      kind: 'RoleBinding',
      name: 'admins',
      namespace: 'betting',
    });
    expect(kinds).toContain(OWN_ROLE_BINDING);
  });

  it('refuses a namespaced ref without a namespace', async () => {
    const resolved = resolve({ apiVersion: 'v1', kind: 'Service', name: 'a' });
    await expect(resolved).rejects.toThrow(InputError);
    await expect(resolved).rejects.toThrow('Service a names no namespace');
  });

  it('counts a kind that is not served and named without namespace as cluster-scoped', async () => {
    const widget = { apiVersion: 'x.io/v1', kind: 'Widget', name: 'w' };
    expect(await resolve(widget)).toMatchObject({
      clusterScopedKinds: ['x.io/Widget'],
    });
  });
});
