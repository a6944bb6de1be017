import {
  FIELD_MANAGER,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { FakeCluster } from '../testUtils/FakeCluster';
import {
  deployment,
  scaledObject,
  service,
  serviceManifests,
  sourced,
} from '../testUtils/serviceManifests';
import { cloneJson } from '../testUtils/cloneJson';
import { applyManifests } from './applyManifests';

const deploymentRef = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'odds',
  namespace: 'betting',
};

describe('the fields that applyManifests writes', () => {
  let client: FakeCluster;
  const apply = (
    manifests = serviceManifests,
    options: Partial<Parameters<typeof applyManifests>[0]> = {},
  ) => applyManifests({ client, manifests, namespace: 'betting', ...options });

  beforeEach(() => {
    client = new FakeCluster(['betting']);
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
});
