import {
  FIELD_MANAGER,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
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
import { applyManifests } from './applyManifests';
import { ChangeSet } from './ChangeSet';
import { cloneJson } from '../testUtils/cloneJson';

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

  it('never reveals the data of a Secret', async () => {
    const secret = (password: string): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db' },
      data: { password },
    });
    await apply(sourced(secret('b2xk')));
    const changeSet = await apply(sourced(secret('bmV3')));
    expect(changeSet[0].changedFields).toEqual(['.data.password']);
    expect(JSON.stringify(changeSet)).not.toMatch(/b2xk|bmV3/);
  });

  it('takes ownership of an object that somebody else made alike', async () => {
    client.seed({
      ...deployment,
      metadata: { ...deployment.metadata, namespace: 'betting' },
    });
    const [entry] = await apply(sourced(deployment));
    expect(entry).toMatchObject({
      action: 'configured',
      changedFields: [],
      reason: 'ownership of fields',
    });
    expect(await apply(sourced(deployment))).toMatchObject([
      { action: 'unchanged' },
    ]);
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

  it('returns the change set so far when a later object fails, and prints it', async () => {
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

  it('fails on fields of other managers, and takes them over only when forced', async () => {
    client.seed(
      {
        ...service,
        metadata: { ...service.metadata, namespace: 'betting' },
        spec: { ...(service.spec as object), type: 'LoadBalancer' },
      },
      'kubectl',
    );
    const manifest = sourced({
      ...service,
      spec: { ...(service.spec as object), type: 'NodePort' },
    });
    await expect(apply(manifest)).rejects.toThrow(
      'Service betting/odds: .spec.type belongs to kubectl',
    );
    expect(client.written()).toEqual([]);
    expect(await apply(manifest, { force: true })).toMatchObject([
      { action: 'configured', changedFields: ['.spec.type'] },
    ]);
  });

  it('says what to do about a field that cannot change', async () => {
    await apply(sourced(deployment));
    const changed = cloneJson(deployment);
    changed.spec = {
      ...(changed.spec as object),
      selector: { matchLabels: { app: 'other' } },
    };
    await expect(apply(sourced(changed))).rejects.toThrow(
      'Deployment betting/odds: spec.selector: field is immutable. Leave the field as it is, or delete the object first',
    );
  });

  it('changes nothing when the preflight finds problems', async () => {
    const refused = apply(sourced(service, scaledObject({ threshold: 'abc' })));
    await expect(refused).rejects.toThrow(PlanRefusedError);
    await expect(refused).rejects.toThrow(
      "Nothing was changed on cluster 'fake', because of 2 problems",
    );
    expect(client.written()).toEqual([]);
  });

  it("keeps the autoscaler's replicas when the manifest drops its own", async () => {
    const fixed = cloneJson(deployment);
    fixed.spec = { ...(fixed.spec as object), replicas: 2 };
    await apply(sourced(fixed));
    const [entry] = await apply(sourced(deployment, scaledObject()));
    expect(entry).toMatchObject({
      action: 'configured',
      changedFields: [],
      reason: 'spec.replicas is handed over to the autoscaler as it is',
    });
    const live = await client.get(deploymentRef);
    expect(live?.spec).toMatchObject({ replicas: 2 });
    expect(JSON.stringify(live?.metadata.managedFields)).toContain(
      `${FIELD_MANAGER}-handover`,
    );
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
