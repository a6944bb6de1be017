import {
  FIELD_MANAGER,
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApplyFailedError } from '../../errors/ApplyFailedError';
import { ClusterUnreachableError } from '../../errors/ClusterUnreachableError';
import { DeleteFailedError } from '../../errors/DeleteFailedError';
import { KubernetesApiError } from '../../errors/KubernetesApiError';
import { PlanRefusedError } from '../../errors/PlanRefusedError';
import { ChangeSet } from '../../model/ChangeSet';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { cloneJson } from '../../testUtils/cloneJson';
import { FakeCluster } from '../../testUtils/FakeCluster';
import {
  deployment,
  service,
  serviceManifests,
  sourced,
} from '../../testUtils/serviceManifests';
import { applyManifests } from '../applyManifests';
import { deleteObjects } from '../deleteObjects';
import { ApplyManifestsOptions } from '../preparePlan';
import { madeByUs } from './madeByUs';

const ref = (apiVersion: string, kind: string): ObjectRef => ({
  apiVersion,
  kind,
  name: 'odds',
  namespace: 'betting',
});
const deploymentRef = ref('apps/v1', 'Deployment');
const serviceRef = ref('v1', 'Service');

/** `kind: action`, in order. */
function rows(changeSet: ChangeSet): string[] {
  return changeSet.map(({ ref: { kind }, action }) => `${kind}: ${action}`);
}

/** What happens to the connection when a write of a kind is sent. */
interface Loss {
  kind: string;
  verb: 'apply' | 'delete';
  /** Whether the server does it before the connection is gone. */
  arrives: boolean;
  /** Whether the server answers again afterwards. */
  returns: boolean;
}

/** A cluster whose connection is lost at one write. */
function losing(cluster: FakeCluster, loss: Loss): KubernetesClient {
  let isLost = false;
  const gone = () => new ClusterUnreachableError('connection reset');
  return new Proxy<KubernetesClient>(cluster, {
    get(target, key: keyof KubernetesClient) {
      const value = target[key];
      if (typeof value !== 'function') {
        return value;
      }
      return async (...args: never[]) => {
        if (isLost && !loss.returns) {
          throw gone();
        }
        const call = () => Reflect.apply(value, target, args);
        const [about, options] = args as unknown as [
          { kind?: string } | undefined,
          { dryRun?: boolean } | undefined,
        ];
        const isTheOne =
          key === loss.verb &&
          about?.kind === loss.kind &&
          options?.dryRun !== true;
        if (!isTheOne || isLost) {
          return call();
        }
        isLost = true;
        if (loss.arrives) {
          await call();
        }
        throw gone();
      };
    },
  });
}

describe('the change set of a run that stops half-way', () => {
  let cluster: FakeCluster;
  const failureOf = async (
    options: Partial<ApplyManifestsOptions> = {},
  ): Promise<ApplyFailedError> => {
    const error = await applyManifests({
      client: cluster,
      manifests: serviceManifests,
      namespace: 'betting',
      ...options,
    }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ApplyFailedError);
    return error as ApplyFailedError;
  };
  const refuseKind = (kind: string) => {
    cluster.admit = (object, { dryRun }) =>
      object.kind === kind && !dryRun
        ? { error: new KubernetesApiError('too much', { status: 422 }) }
        : {};
  };

  beforeEach(() => {
    cluster = new FakeCluster(['betting']);
  });

  it('holds every object: what was done, what failed and why, what was not reached', async () => {
    refuseKind('ServiceMonitor');
    const { changeSet } = await failureOf();
    expect(rows(changeSet)).toEqual([
      'Service: created',
      'Deployment: created',
      'ServiceMonitor: failed',
      'Prometheus: skipped',
      'ScaledObject: skipped',
    ]);
    expect(changeSet[2]).toMatchObject({
      file: 'k8s/servicemonitor.yaml',
      line: 1,
      reason: 'ServiceMonitor betting/odds: too much',
    });
    expect(changeSet[4].reason).toBe('not reached: applying stopped before it');
  });

  it('holds every object of a set that the preflight refused', async () => {
    cluster.admit = ({ kind }) =>
      kind === 'Prometheus'
        ? { error: new KubernetesApiError('no', { status: 422 }) }
        : {};
    const error = await applyManifests({
      client: cluster,
      manifests: serviceManifests,
      namespace: 'betting',
    }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PlanRefusedError);
    expect(rows((error as PlanRefusedError).changeSet).sort()).toEqual([
      'Deployment: skipped',
      'Prometheus: failed',
      'ScaledObject: skipped',
      'Service: skipped',
      'ServiceMonitor: skipped',
    ]);
  });

  it.each([
    {
      what: 'created, where the write had arrived and the server answers again',
      arrives: true,
      returns: true,
      action: 'created',
      reason: 'it has arrived',
    },
    {
      what: 'failed, where the write had not arrived',
      arrives: false,
      returns: true,
      action: 'failed',
      reason: 'it has not arrived',
    },
    {
      what: 'unknown, where nobody answers any more',
      arrives: true,
      returns: false,
      action: 'unknown',
      reason: 'looking again failed: connection reset',
    },
  ])(
    'calls an object whose answer was lost $what',
    async ({ arrives, returns, action, reason }) => {
      const { changeSet } = await failureOf({
        client: losing(cluster, {
          kind: 'Deployment',
          verb: 'apply',
          arrives,
          returns,
        }),
      });
      expect(rows(changeSet)).toEqual([
        'Service: created',
        `Deployment: ${action}`,
        'ServiceMonitor: skipped',
        'Prometheus: skipped',
        'ScaledObject: skipped',
      ]);
      expect(changeSet[1].reason).toContain(reason);
    },
  );

  it('calls a changed object configured where the lost write had arrived', async () => {
    await applyManifests({
      client: cluster,
      manifests: serviceManifests,
      namespace: 'betting',
    });
    const changed = cloneJson(deployment);
    changed.metadata.labels = { ...changed.metadata.labels, tier: 'gold' };
    const { changeSet } = await failureOf({
      manifests: sourced(changed),
      client: losing(cluster, {
        kind: 'Deployment',
        verb: 'apply',
        arrives: true,
        returns: true,
      }),
    });
    expect(rows(changeSet)).toEqual(['Deployment: configured']);
  });

  it('looks lost writes up also after a cancellation', async () => {
    const controller = new AbortController();
    const client = new Proxy<KubernetesClient>(cluster, {
      get(target, key: keyof KubernetesClient) {
        const value = target[key];
        if (key !== 'apply') {
          return typeof value === 'function' ? value.bind(target) : value;
        }
        const apply: KubernetesClient['apply'] = async (object, options) => {
          const result = await target.apply(object, options);
          if (object.kind === 'Deployment' && options?.dryRun !== true) {
            controller.abort(new Error('stop'));
            controller.signal.throwIfAborted();
          }
          return result;
        };
        return apply;
      },
    });
    const { changeSet, message } = await failureOf({
      client,
      signal: controller.signal,
    });
    expect(rows(changeSet)).toEqual([
      'Service: created',
      'Deployment: created',
      'ServiceMonitor: skipped',
      'Prometheus: skipped',
      'ScaledObject: skipped',
    ]);
    expect(changeSet[4].reason).toBe('not reached before the cancellation');
    expect(message).toContain('was cancelled');
  });

  describe('with onFailure rollback', () => {
    it('deletes in reverse order what the run made, and nothing else', async () => {
      await applyManifests({
        client: cluster,
        manifests: sourced(service),
        namespace: 'betting',
      });
      cluster.writes.length = 0;
      refuseKind('ScaledObject');
      const { changeSet, message } = await failureOf({
        onFailure: 'rollback',
        applySet: { name: 'odds-applyset', namespace: 'betting' },
      });
      expect(
        cluster.writes
          .filter(({ verb }) => verb === 'delete')
          .map(({ name }) => name),
      ).toEqual([
        'Prometheus betting/odds',
        'ServiceMonitor betting/odds',
        'Deployment betting/odds',
        'ConfigMap betting/odds-applyset',
      ]);
      expect(rows(changeSet)).toEqual([
        'ConfigMap: deleted',
        'Service: configured',
        'Deployment: deleted',
        'ServiceMonitor: deleted',
        'Prometheus: deleted',
        'ScaledObject: failed',
      ]);
      expect(message).toContain(
        'Rolled back what this run had made: deleted ConfigMap betting/odds-applyset',
      );
    });

    it('leaves an object alone that another has taken the name of', async () => {
      cluster.admit = (object, { dryRun }) => {
        if (object.kind !== 'ServiceMonitor' || dryRun) {
          return {};
        }
        cluster.remove(deploymentRef);
        cluster.seed({
          ...deployment,
          metadata: { ...deployment.metadata, namespace: 'betting' },
        });
        return { error: new KubernetesApiError('no', { status: 422 }) };
      };
      const { changeSet } = await failureOf({ onFailure: 'rollback' });
      expect(await cluster.get(deploymentRef)).toBeDefined();
      expect(
        changeSet.find(({ ref: { kind } }) => kind === 'Deployment'),
      ).toMatchObject({
        action: 'created',
        reason:
          'made by this run, not rolled back: another object has this name by now',
      });
    });

    it('prints for what it changed the command back, which brings it back', async () => {
      const before: KubernetesObject = {
        ...cloneJson(service),
        spec: {
          selector: { app: 'odds' },
          type: 'NodePort',
          ports: [{ name: 'http', port: 8080 }],
        },
      };
      await applyManifests({
        client: cluster,
        manifests: sourced(before),
        namespace: 'betting',
      });
      // Somebody else's field is no part of the way back.
      cluster.update(serviceRef, object => {
        object.spec = { ...(object.spec as object), clusterIP: '10.0.0.1' };
      });
      const stored = await cluster.get(serviceRef);
      refuseKind('Deployment');
      const lines: string[] = [];
      const { waysBack } = await failureOf({
        manifests: sourced(service, deployment),
        onFailure: 'rollback',
        onProgress: line => lines.push(line),
      });
      expect(waysBack).toHaveLength(1);
      expect(lines).toContain(waysBack[0]);
      const [title, command, manifest, end] = waysBack[0].split('\n');
      expect(title).toBe('Service betting/odds was changed. To bring it back:');
      expect(command).toBe(
        `kubectl apply --server-side --field-manager=${FIELD_MANAGER} -f - <<'END_OF_MANIFEST'`,
      );
      expect(end).toBe('END_OF_MANIFEST');
      expect(manifest).not.toContain('clusterIP');
      await cluster.apply(JSON.parse(manifest) as KubernetesObject);
      const back = await cluster.get(serviceRef);
      expect(back?.spec).toEqual(stored?.spec);
      expect(back?.metadata.labels).toEqual(stored?.metadata.labels);
    });

    it('prints no value of a Secret', async () => {
      const secret = (password: string): KubernetesObject => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'odds', namespace: 'betting' },
        stringData: { password },
      });
      await applyManifests({
        client: cluster,
        manifests: sourced(secret('hunter2')),
        namespace: 'betting',
      });
      refuseKind('Deployment');
      const lines: string[] = [];
      const { waysBack, message } = await failureOf({
        manifests: sourced(secret('hunter3'), deployment),
        onFailure: 'rollback',
        onProgress: line => lines.push(line),
      });
      expect(waysBack).toEqual([
        expect.stringContaining('its earlier values are not shown here'),
      ]);
      expect([...lines, message].join()).not.toContain('hunter');
    });
  });

  describe('of a deletion', () => {
    const deletionOf = async (client: KubernetesClient) => {
      const applied = await applyManifests({
        client: cluster,
        manifests: serviceManifests,
        namespace: 'betting',
      });
      const error = await deleteObjects({ client, objects: applied }).catch(
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(DeleteFailedError);
      return (error as DeleteFailedError).changeSet;
    };

    it.each([
      { arrives: true, returns: true, action: 'deleted' },
      { arrives: false, returns: true, action: 'failed' },
      { arrives: true, returns: false, action: 'unknown' },
    ])(
      'calls an object $action whose answer was lost (arrived: $arrives, answers again: $returns)',
      async ({ action, ...loss }) => {
        const changeSet = await deletionOf(
          losing(cluster, { kind: 'Prometheus', verb: 'delete', ...loss }),
        );
        expect(rows(changeSet)).toEqual([
          'ScaledObject: deleted',
          `Prometheus: ${action}`,
          'Service: skipped',
          'Deployment: skipped',
          'ServiceMonitor: skipped',
        ]);
      },
    );
  });
});

describe('madeByUs', () => {
  const object = (
    managedFields: Record<string, string>[],
  ): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'a',
      creationTimestamp: '2026-11-24T10:00:00Z',
      managedFields,
    },
  });
  const ours = {
    manager: FIELD_MANAGER,
    operation: 'Apply',
    time: '2026-11-24T10:00:00Z',
  };

  it('says so only of what came into being by our write, and in doubt not', () => {
    expect(madeByUs(object([ours]))).toBe(true);
    expect(
      madeByUs(
        object([
          ours,
          { ...ours, manager: 'controller', subresource: 'status' },
        ]),
      ),
    ).toBe(true);
    expect(madeByUs(object([{ ...ours, time: '2026-11-24T10:00:01Z' }]))).toBe(
      false,
    );
    expect(madeByUs(object([ours, { ...ours, manager: 'other' }]))).toBe(false);
    expect(madeByUs(object([]))).toBe(false);
  });
});
