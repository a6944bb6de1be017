import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { WatchEvent } from '../ports/ClusterObjects';
import {
  configMap,
  deployment,
  service,
  widget,
  widgetDefinition,
} from './__testUtils__/objectsOf';
import { TestObjects, typeOf } from './__testUtils__/openTestObjects';
import type { StoredClusterObjects } from './StoredClusterObjects';

const MANAGER = { manager: 'test' };
const MAP = { apiVersion: 'v1', kind: 'ConfigMap' };
const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace' };

function names(items: readonly KubernetesObject[]): string[] {
  return items.map(({ metadata }) => metadata.name);
}

describe('StoredClusterObjects', () => {
  let test: TestObjects;
  let objects: StoredClusterObjects;

  const create = (object: KubernetesObject) =>
    objects.create(typeOf(objects, object), object, MANAGER).object;
  const key = ({ metadata }: KubernetesObject) => ({
    namespace: metadata.namespace,
    name: metadata.name,
  });
  const merge = (object: KubernetesObject, body: unknown) =>
    objects.patch(
      typeOf(objects, object),
      key(object),
      { type: 'merge', body },
      MANAGER,
    ).object;
  const get = (object: KubernetesObject) =>
    objects.get(typeOf(objects, object), key(object));
  const find = (object: KubernetesObject) =>
    objects.find(typeOf(objects, object), key(object));
  const remove = (
    object: KubernetesObject,
    request: Parameters<StoredClusterObjects['delete']>[2] = {},
  ) => objects.delete(typeOf(objects, object), key(object), request);

  beforeEach(async () => {
    test = new TestObjects();
    objects = await test.open();
  });
  afterEach(() => test.close());

  describe('a fresh cluster', () => {
    it('has its namespaces, the Service of the API server and its roles', () => {
      expect(names(objects.list(typeOf(objects, NAMESPACE)).items)).toEqual([
        'default',
        'kube-node-lease',
        'kube-public',
        'kube-system',
      ]);
      expect(get(service('kubernetes', {})).spec).toMatchObject({
        clusterIP: '10.43.0.1',
      });
      const roles = typeOf(objects, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
      });
      expect(names(objects.list(roles).items)).toEqual([
        'admin',
        'cluster-admin',
        'edit',
        'system:basic-user',
        'system:discovery',
        'system:public-info-viewer',
        'view',
      ]);
    });

    it('is not made again when it is opened again', async () => {
      const version = objects.resourceVersion();
      objects = await test.open();
      expect(objects.resourceVersion()).toBe(version);
    });
  });

  describe('after a restart', () => {
    it('has every object as it was, and the kinds of its definitions', async () => {
      create(widgetDefinition());
      const before = create(widget('one', { size: 1 }));
      objects = await test.open();
      expect(get(widget('one'))).toEqual(before);
      create(widget('two', { size: 2 }));
    });

    it('refuses watches of the past', async () => {
      create(configMap('one'));
      const version = String(Number(objects.resourceVersion()) - 1);
      objects = await test.open();
      expect(() =>
        objects.watch(
          typeOf(objects, MAP),
          { resourceVersion: version },
          () => undefined,
        ),
      ).toThrow(
        expect.objectContaining({
          code: 410,
          reason: 'Expired',
          message: `too old resource version: ${version} (${objects.resourceVersion()})`,
        }),
      );
    });
  });

  describe('update', () => {
    it('refuses a version that is not the latest', () => {
      const old = create(configMap('one'));
      merge(old, { data: { a: 'b' } });
      expect(() =>
        objects.update(
          typeOf(objects, MAP),
          key(old),
          { ...old, data: { a: 'c' } },
          MANAGER,
        ),
      ).toThrow(
        'Operation cannot be fulfilled on configmaps "one": the object has been modified; please apply your changes to the latest version and try again',
      );
    });

    it('keeps the version of an object that it does not change', () => {
      const old = create(configMap('one', { a: 'b' }));
      test.clock.advance(5_000);
      const { object } = objects.update(
        typeOf(objects, MAP),
        key(old),
        configMap('one', { a: 'b' }),
        MANAGER,
      );
      expect(object).toBe(old);
    });

    it('raises the generation of a Deployment with its spec and its annotations, not with labels or status', () => {
      const object = create(deployment('api'));
      expect(object.metadata.generation).toBe(1);
      expect(
        merge(object, { metadata: { labels: { a: 'b' } } }).metadata.generation,
      ).toBe(1);
      expect(merge(object, { spec: { replicas: 3 } }).metadata.generation).toBe(
        2,
      );
      expect(
        merge(object, { metadata: { annotations: { a: 'b' } } }).metadata
          .generation,
      ).toBe(3);
      const { object: written } = objects.patch(
        typeOf(objects, object),
        key(object),
        {
          type: 'merge',
          body: { status: { replicas: 3 }, spec: { replicas: 9 } },
        },
        { ...MANAGER, subresource: 'status' },
      );
      expect(written).toMatchObject({
        metadata: { generation: 3 },
        spec: { replicas: 3 },
        status: { replicas: 3 },
      });
      expect(merge(object, { status: { replicas: 7 } })).toMatchObject({
        status: { replicas: 3 },
      });
    });

    it('stores nothing in a dry run, but answers as if it had', () => {
      const version = objects.resourceVersion();
      const { object, created } = objects.create(
        typeOf(objects, MAP),
        configMap('one'),
        { ...MANAGER, dryRun: true },
      );
      expect(created).toBe(true);
      expect(object.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
      expect(find(configMap('one'))).toBeUndefined();
      expect(objects.resourceVersion()).toBe(version);
    });
  });

  describe('apply', () => {
    const apply = (
      data: Record<string, string>,
      manager: string,
      force = false,
    ) =>
      objects.patch(
        typeOf(objects, MAP),
        { namespace: 'default', name: 'one' },
        {
          type: 'apply',
          body: { ...MAP, metadata: { name: 'one' }, data },
          force,
        },
        { manager },
      );

    it('makes an object that is not there, and changes it afterwards', () => {
      expect(apply({ a: '1' }, 'first').created).toBe(true);
      const { object, created } = apply({ a: '2' }, 'first');
      expect(created).toBe(false);
      expect(object.data).toEqual({ a: '2' });
    });

    it('refuses a field that somebody else owns, unless it is forced', () => {
      apply({ a: '1' }, 'first');
      expect(() => apply({ a: '2' }, 'second')).toThrow(
        expect.objectContaining({
          code: 409,
          details: {
            causes: [
              {
                reason: 'FieldManagerConflict',
                message: 'conflict with "first"',
                field: '.data.a',
              },
            ],
          },
        }),
      );
      expect(apply({ a: '2' }, 'second', true).object.data).toEqual({ a: '2' });
    });

    it('changes nothing when it is repeated', () => {
      const { object } = apply({ a: '1' }, 'first');
      test.clock.advance(60_000);
      expect(apply({ a: '1' }, 'first').object).toBe(object);
    });
  });

  describe('scale', () => {
    it('is read and written as a Scale, and owned by whoever writes it', () => {
      const object = create(deployment('api'));
      const { object: scale } = objects.patch(
        typeOf(objects, object),
        key(object),
        { type: 'merge', body: { spec: { replicas: 4 } } },
        { manager: 'kube-controller-manager', subresource: 'scale' },
      );
      expect(scale).toMatchObject({
        kind: 'Scale',
        apiVersion: 'autoscaling/v1',
        spec: { replicas: 4 },
        status: { replicas: 0, selector: 'app=api' },
      });
      const after = get(object);
      expect(after.spec).toMatchObject({ replicas: 4 });
      expect(after.metadata.managedFields).toContainEqual(
        expect.objectContaining({
          manager: 'kube-controller-manager',
          subresource: 'scale',
          fieldsV1: { 'f:spec': { 'f:replicas': {} } },
        }),
      );
    });

    it('takes 0 replicas from whoever owns them, even where they were 0 before', () => {
      const object = create(deployment('api', { replicas: 0 }));
      const owned = () =>
        JSON.stringify(get(object).metadata.managedFields).includes(
          '"f:replicas"',
        );
      expect(owned()).toBe(true);
      objects.patch(
        typeOf(objects, object),
        key(object),
        { type: 'merge', body: { spec: { replicas: 0 } } },
        { ...MANAGER, subresource: 'scale' },
      );
      expect(owned()).toBe(false);
      expect(get(object).metadata.managedFields).toHaveLength(1);
    });

    it('makes nobody the owner of replicas that nobody owned', () => {
      create(widgetDefinition());
      const object = create(widget('one'));
      objects.patch(
        typeOf(objects, object),
        key(object),
        { type: 'merge', body: { spec: { replicas: 4 } } },
        { ...MANAGER, subresource: 'scale' },
      );
      const { spec, metadata } = get(object);
      expect(spec).toMatchObject({ replicas: 4 });
      expect(metadata.managedFields).toEqual(object.metadata.managedFields);
    });

    it('refuses a negative number', () => {
      const object = create(deployment('api'));
      expect(() =>
        objects.update(
          typeOf(objects, object),
          key(object),
          {
            apiVersion: 'autoscaling/v1',
            kind: 'Scale',
            metadata: { name: 'api' },
            spec: { replicas: -1 },
          },
          { ...MANAGER, subresource: 'scale' },
        ),
      ).toThrow(
        'Scale.autoscaling "api" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      );
    });
  });

  describe('list', () => {
    it('shows all its pages as of one moment', () => {
      for (const name of ['a', 'b', 'c', 'd', 'e']) {
        create(configMap(name, { round: '1' }));
      }
      const type = typeOf(objects, MAP);
      const first = objects.list(type, { namespace: 'default', limit: 2 });
      expect(names(first.items)).toEqual(['a', 'b']);
      expect(first.remainingItemCount).toBe(3);
      remove(configMap('c'));
      create(configMap('bb'));
      merge(configMap('d'), { data: { round: '2' } });
      const second = objects.list(type, {
        namespace: 'default',
        limit: 2,
        continueToken: first.continueToken,
      });
      expect(
        second.items.map(({ metadata, data }) => [metadata.name, data]),
      ).toEqual([
        ['c', { round: '1' }],
        ['d', { round: '1' }],
      ]);
      expect(second.resourceVersion).toBe(first.resourceVersion);
      const third = objects.list(type, {
        namespace: 'default',
        limit: 2,
        continueToken: second.continueToken,
      });
      expect(names(third.items)).toEqual(['e']);
      expect(third.continueToken).toBeUndefined();
    });

    it('selects by labels and by fields', () => {
      create(configMap('a', {}, { labels: { app: 'x' } }));
      create(configMap('b', {}, { labels: { app: 'y' } }));
      const type = typeOf(objects, MAP);
      expect(
        names(objects.list(type, { labelSelector: 'app in (y,z)' }).items),
      ).toEqual(['b']);
      expect(
        names(objects.list(type, { fieldSelector: 'metadata.name!=b' }).items),
      ).toEqual(['a']);
      expect(() => objects.list(type, { fieldSelector: 'data.a=b' })).toThrow(
        '"data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
      );
    });

    it('refuses a version that has not come yet', () => {
      expect(() =>
        objects.list(typeOf(objects, MAP), { resourceVersion: '999999' }),
      ).toThrow(expect.objectContaining({ code: 504, reason: 'Timeout' }));
    });
  });

  describe('watch', () => {
    it('starts with what is there, and tells what comes, in order', () => {
      create(configMap('one'));
      const events: WatchEvent[] = [];
      const end = objects.watch(
        typeOf(objects, MAP),
        { namespace: 'default' },
        event => events.push(event),
      );
      create(configMap('two'));
      merge(configMap('two'), { data: { a: 'b' } });
      remove(configMap('one'));
      end();
      create(configMap('three'));
      expect(
        events.map(({ type, object }) => [type, object.metadata.name]),
      ).toEqual([
        ['ADDED', 'one'],
        ['ADDED', 'two'],
        ['MODIFIED', 'two'],
        ['DELETED', 'one'],
      ]);
      const versions = events
        .slice(1)
        .map(({ object }) => Number(object.metadata.resourceVersion));
      expect(versions).toEqual([...versions].sort((a, b) => a - b));
    });

    it('goes on from a version of the past', () => {
      const { metadata } = create(configMap('one'));
      create(configMap('two'));
      const events: WatchEvent[] = [];
      objects.watch(
        typeOf(objects, MAP),
        { resourceVersion: metadata.resourceVersion },
        event => events.push(event),
      );
      expect(names(events.map(({ object }) => object))).toEqual(['two']);
    });

    it('adds what begins to match a selector and deletes what ceases to', () => {
      create(configMap('one'));
      const events: string[] = [];
      objects.watch(
        typeOf(objects, MAP),
        { labelSelector: 'on', resourceVersion: objects.resourceVersion() },
        ({ type, object }) => events.push(`${type} ${object.metadata.name}`),
      );
      merge(configMap('one'), { metadata: { labels: { on: '' } } });
      merge(configMap('one'), { data: { a: 'b' } });
      merge(configMap('one'), { metadata: { labels: { on: null } } });
      expect(events).toEqual(['ADDED one', 'MODIFIED one', 'DELETED one']);
    });

    it('says where the initial objects end, when asked to', () => {
      create(configMap('one'));
      const events: WatchEvent[] = [];
      objects.watch(
        typeOf(objects, MAP),
        { namespace: 'default', sendInitialEvents: true },
        event => events.push(event),
      );
      expect(events.map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK']);
      expect(events[1].object.metadata).toMatchObject({
        resourceVersion: objects.resourceVersion(),
        annotations: { 'k8s.io/initial-events-end': 'true' },
      });
    });
  });

  describe('delete', () => {
    it('keeps an object with finalizers until the last is taken away', () => {
      const object = create(
        configMap('one', {}, { finalizers: ['example.com/hold'] }),
      );
      const { object: marked, gone } = remove(object);
      expect(gone).toBe(false);
      expect(marked.metadata).toMatchObject({
        deletionTimestamp: '2026-11-24T10:00:00Z',
        deletionGracePeriodSeconds: 0,
      });
      expect(remove(object).object).toBe(marked);
      merge(object, { metadata: { finalizers: null } });
      expect(find(object)).toBeUndefined();
    });

    it('leaves the garbage collector a finalizer for the policy that is asked for', () => {
      const object = create(configMap('one'));
      expect(
        remove(object, { propagationPolicy: 'Foreground' }).object.metadata
          .finalizers,
      ).toEqual(['foregroundDeletion']);
      const other = create(configMap('two'));
      expect(
        remove(other, { propagationPolicy: 'Orphan' }).object.metadata
          .finalizers,
      ).toEqual(['orphan']);
    });

    it('keeps a pod on the node where it was placed', () => {
      create({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: 'default' },
      });
      const pod = create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'one', namespace: 'default' },
        spec: { containers: [{ name: 'a', image: 'node' }] },
      });
      const placed = merge(pod, { spec: { nodeName: 'embedded' } });
      expect(placed.spec).toMatchObject({ nodeName: 'embedded' });
      expect(placed.metadata.generation).toBe(1);
      expect(() => merge(pod, { spec: { nodeName: 'elsewhere' } })).toThrow(
        'spec: Forbidden: pod updates may not change fields other than',
      );
    });

    it('gives a running pod its grace period, which may be shortened', () => {
      create({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: 'default' },
      });
      const pod = create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'one', namespace: 'default' },
        spec: {
          nodeName: 'embedded',
          containers: [{ name: 'a', image: 'node' }],
        },
      });
      expect(remove(pod).object.metadata).toMatchObject({
        deletionTimestamp: '2026-11-24T10:00:30Z',
        deletionGracePeriodSeconds: 30,
      });
      test.clock.advance(2_000);
      expect(
        remove(pod, { gracePeriodSeconds: 5 }).object.metadata,
      ).toMatchObject({
        deletionTimestamp: '2026-11-24T10:00:07Z',
        deletionGracePeriodSeconds: 5,
      });
      expect(remove(pod, { gracePeriodSeconds: 0 }).gone).toBe(true);
      expect(find(pod)).toBeUndefined();
    });

    it('refuses when a precondition does not hold', () => {
      const object = create(configMap('one'));
      expect(() => remove(object, { preconditions: { uid: 'x' } })).toThrow(
        expect.objectContaining({ code: 409, reason: 'Conflict' }),
      );
      expect(find(object)).toBe(object);
    });

    it('terminates a namespace until it is finalized, and lets nothing new in', () => {
      const namespace = create({ ...NAMESPACE, metadata: { name: 'going' } });
      const { object, gone } = remove(namespace);
      expect(gone).toBe(false);
      expect(object.status).toEqual({ phase: 'Terminating' });
      expect(() =>
        create(configMap('one', {}, { namespace: 'going' })),
      ).toThrow(
        expect.objectContaining({
          code: 403,
          message:
            'configmaps "one" is forbidden: unable to create new content in namespace going because it is being terminated',
          details: {
            name: 'one',
            kind: 'configmaps',
            causes: [
              {
                reason: 'NamespaceTerminating',
                message: 'namespace going is being terminated',
                field: 'metadata.namespace',
              },
            ],
          },
        }),
      );
      objects.update(
        typeOf(objects, NAMESPACE),
        { name: 'going' },
        { ...object, spec: { finalizers: [] } },
        { ...MANAGER, subresource: 'finalize' },
      );
      expect(find(namespace)).toBeUndefined();
    });
  });

  describe('definitions', () => {
    it('serve their kind as soon as they are made, until they are deleted with its objects', () => {
      let changes = 0;
      objects.onTypesChanged(() => changes++);
      create(widgetDefinition());
      expect(changes).toBe(1);
      expect(get(widgetDefinition()).status).toMatchObject({
        acceptedNames: { plural: 'widgets', singular: 'widget' },
        storedVersions: ['v1'],
      });
      create(widget('one'));
      create(widget('two'));
      merge(widget('two'), { metadata: { finalizers: ['example.com/hold'] } });
      remove(widgetDefinition());
      expect(find(widget('one'))).toBeUndefined();
      expect(get(widgetDefinition()).metadata.finalizers).toEqual([
        'customresourcecleanup.apiextensions.k8s.io',
      ]);
      merge(widget('two'), { metadata: { finalizers: null } });
      expect(find(widgetDefinition())).toBeUndefined();
      expect(objects.typeOf('test.example.com/v1', 'Widget')).toBeUndefined();
    });

    it('finish their deletion after a restart', async () => {
      create(widgetDefinition());
      create(widget('one'));
      merge(widget('one'), { metadata: { finalizers: ['example.com/hold'] } });
      remove(widgetDefinition());
      objects = await test.open();
      merge(widget('one'), { metadata: { finalizers: null } });
      expect(find(widgetDefinition())).toBeUndefined();
    });

    it('are refused where a rule uses what only a real server has', () => {
      const definition = widgetDefinition({
        'x-kubernetes-validations': [{ rule: "isSemver('1.2.3')" }],
      });
      expect(() => create(definition)).toThrow(
        'the embedded cluster does not have the function isSemver in validation rules (spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule)',
      );
      expect(find(definition)).toBeUndefined();
    });

    it('are refused where a change brings a rule that is wrong', () => {
      create(widgetDefinition());
      const rules = [{ rule: 'self.sise > 1' }];
      const spec = widgetDefinition({ 'x-kubernetes-validations': rules }).spec;
      expect(() => merge(widgetDefinition(), { spec })).toThrow(
        "undefined field 'sise'",
      );
    });
  });

  describe('admission', () => {
    it('may refuse a write, which is then not stored', () => {
      objects.addAdmission(({ operation, object }) => {
        if (operation === 'CREATE' && object?.metadata.name === 'bad') {
          throw new Error('not this one');
        }
      });
      expect(() => create(configMap('bad'))).toThrow('not this one');
      expect(find(configMap('bad'))).toBeUndefined();
      create(configMap('good'));
    });
  });

  describe('Services', () => {
    it('get addresses and node ports that nobody else has', () => {
      const ports = [{ port: 80 }];
      const made = Array.from({ length: 20 }, (_, index) =>
        create(service(`s${index}`, { type: 'NodePort', ports })),
      ).map(
        ({ spec }) =>
          spec as { clusterIP: string; ports: { nodePort: number }[] },
      );
      expect(new Set(made.map(({ clusterIP }) => clusterIP)).size).toBe(20);
      expect(new Set(made.map(spec => spec.ports[0].nodePort)).size).toBe(20);
      for (const {
        clusterIP,
        ports: [{ nodePort }],
      } of made) {
        expect(clusterIP).toMatch(/^10\.43\.\d+\.\d+$/);
        expect(nodePort).toBeGreaterThanOrEqual(30_000);
        expect(nodePort).toBeLessThanOrEqual(32_767);
      }
    });
  });

  describe('kinds that nothing runs', () => {
    it('can be listed, but not created', () => {
      const kind = { apiVersion: 'apps/v1', kind: 'StatefulSet' };
      expect(objects.list(typeOf(objects, kind)).items).toEqual([]);
      expect(() =>
        create({ ...kind, metadata: { name: 'one', namespace: 'default' } }),
      ).toThrow(
        expect.objectContaining({
          code: 501,
          message: expect.stringContaining('runs no StatefulSets'),
        }),
      );
    });
  });
});
