import { FakeCluster } from '../testUtils/FakeCluster';
import {
  deployment,
  gadget,
  gadgetDefinition,
  scaledObject,
  service,
  serviceManifests,
  sourced,
} from '../testUtils/serviceManifests';
import { KubernetesApiError } from '../errors';
import { ApplyFailedError } from '../errors/ApplyFailedError';
import { PlanRefusedError } from '../errors/PlanRefusedError';
import { ChangeSet } from '../model/ChangeSet';
import { cloneJson } from '../testUtils/cloneJson';
import { applyManifests } from './applyManifests';

const deploymentRef = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'odds',
  namespace: 'betting',
};

function actionsOf(changeSet: ChangeSet): Record<string, string> {
  return Object.fromEntries(
    changeSet.map(({ ref, action }) => [ref.kind, action]),
  );
}

async function failureOf(apply: Promise<unknown>): Promise<ApplyFailedError> {
  const error = await apply.then(
    () => undefined,
    reason => reason,
  );
  expect(error).toBeInstanceOf(ApplyFailedError);
  return error;
}

describe('applyManifests', () => {
  let client: FakeCluster;
  const apply = (
    manifests = serviceManifests,
    options: Partial<Parameters<typeof applyManifests>[0]> = {},
  ) => applyManifests({ client, manifests, namespace: 'betting', ...options });

  beforeEach(() => {
    client = new FakeCluster(['betting']);
  });

  it('writes the ServiceMonitor before the Prometheus, and the ScaledObject last', async () => {
    await apply();
    expect(client.written()).toEqual([
      'Service betting/odds',
      'Deployment betting/odds',
      'ServiceMonitor betting/odds',
      'Prometheus betting/odds',
      'ScaledObject betting/odds',
    ]);
  });

  it('reports each object with its uid and its place in the manifests', async () => {
    const changeSet = await apply(sourced(deployment));
    expect(changeSet).toEqual([
      {
        ref: deploymentRef,
        action: 'created',
        uid: expect.stringMatching(/^uid-/),
        file: 'k8s/deployment.yaml',
        line: 1,
        document: 1,
        warnings: [],
      },
    ]);
  });

  it('does not write objects that are as their manifests say', async () => {
    await apply();
    const before = await client.get(deploymentRef);
    client.writes.length = 0;
    const changeSet = await apply();
    expect(client.written()).toEqual([]);
    expect(new Set(Object.values(actionsOf(changeSet)))).toEqual(
      new Set(['unchanged']),
    );
    expect((await client.get(deploymentRef))?.metadata.resourceVersion).toBe(
      before?.metadata.resourceVersion,
    );
  });

  it('writes only what changed, and names the changed fields', async () => {
    await apply();
    client.writes.length = 0;
    const changed = cloneJson(service);
    changed.spec = { ...(changed.spec as object), type: 'NodePort' };
    const changeSet = await apply(sourced(deployment, changed));
    expect(client.written()).toEqual(['Service betting/odds']);
    expect(changeSet.find(({ ref }) => ref.kind === 'Service')).toMatchObject({
      action: 'configured',
      changedFields: ['.spec.type'],
    });
  });

  it('waits until a new definition is served before it applies objects of its kind', async () => {
    client.definitionDelayMs = 300;
    const changeSet = await apply(sourced(gadget, gadgetDefinition));
    expect(client.written()).toEqual([
      'CustomResourceDefinition gadgets.example.com',
      'Gadget betting/gadget',
    ]);
    expect(actionsOf(changeSet)).toEqual({
      CustomResourceDefinition: 'created',
      Gadget: 'created',
    });
  });

  it('creates a namespace before what lies in it', async () => {
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'fresh' },
    };
    await apply(sourced(service, namespace), { namespace: 'fresh' });
    expect(client.written()).toEqual(['Namespace fresh', 'Service fresh/odds']);
  });

  it('tells of every object when a later one fails, and prints what was changed', async () => {
    client.admit = object =>
      object.kind === 'Gadget'
        ? {
            error: new KubernetesApiError('spec.size: must be smaller', {
              status: 422,
              reason: 'Invalid',
            }),
          }
        : {};
    const error = await failureOf(
      apply(sourced(service, gadgetDefinition, gadget)),
    );
    expect(actionsOf(error.changeSet)).toEqual({
      CustomResourceDefinition: 'created',
      Service: 'created',
      Gadget: 'failed',
    });
    expect(error.message).toBe(
      'Gadget betting/gadget: spec.size: must be smaller\n' +
        'Changed before the failure: created CustomResourceDefinition gadgets.example.com, created Service betting/odds. ' +
        'Applying the same manifests again goes on from there.',
    );
  });

  it('goes on from a partial failure', async () => {
    client.admit = (object, { dryRun }) =>
      object.kind === 'Deployment' && !dryRun
        ? { error: new KubernetesApiError('broken', { status: 500 }) }
        : {};
    await failureOf(apply());
    client.admit = () => ({});
    expect(actionsOf(await apply())).toEqual({
      Service: 'unchanged',
      Deployment: 'created',
      ServiceMonitor: 'created',
      Prometheus: 'created',
      ScaledObject: 'created',
    });
  });

  it('writes nothing at all when the server refuses one object, even of a late stage', async () => {
    client.admit = (object, { dryRun }) =>
      object.kind === 'Prometheus' && dryRun
        ? { error: new KubernetesApiError('no', { status: 422 }) }
        : {};
    await expect(apply()).rejects.toThrow(PlanRefusedError);
    expect(client.written()).toEqual([]);
  });

  it('changes nothing when the preflight finds problems', async () => {
    const refused = apply(sourced(service, scaledObject({ threshold: 'abc' })));
    await expect(refused).rejects.toThrow(PlanRefusedError);
    await expect(refused).rejects.toThrow(
      "Nothing was changed on cluster 'fake', because of 2 problems",
    );
    expect(client.written()).toEqual([]);
  });

  it('stops when the signal aborts, and says what it had changed', async () => {
    const controller = new AbortController();
    client.admit = (object, { dryRun }) => {
      if (object.kind === 'Service' && !dryRun) {
        controller.abort(new Error('stop'));
      }
      return {};
    };
    const error = await failureOf(
      apply(serviceManifests, { signal: controller.signal }),
    );
    expect(error.message).toContain('was cancelled');
    expect(error.message).toContain('created Service betting/odds');
    expect(client.written()).toEqual(['Service betting/odds']);
  });

  it('tells each step in a line', async () => {
    const lines: string[] = [];
    await apply(sourced(service), { onProgress: line => lines.push(line) });
    expect(lines).toEqual([
      'Stage 1 of 1, bindings and configuration: 1 object',
      'created Service betting/odds',
    ]);
  });
});
