import assert from 'node:assert/strict';
import type { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { eventually } from '../eventually';
import { REMOVAL_TEMPLATE } from '../steps/offBoarding';
import { awaitTemplate } from './deliveryGround';
import type { PlatformRun } from './PlatformPart';

/** From the root of the repository. */
export const REMOVAL_FILE = 'templates/remove-autoscaled-service/template.yaml';

/** A service that a controller has delivered. */
export interface DeliveredAlready {
  name: string;
  namespace: string;
}

/** Starts the template that removes a service, with everything that it takes away. */
export async function startRemoval(
  run: PlatformRun,
  { name }: DeliveredAlready,
  answers: { preview: boolean },
): Promise<string> {
  await awaitTemplate(run, REMOVAL_TEMPLATE);
  return run.backstage.startTask(REMOVAL_TEMPLATE, {
    entityRef: `component:default/${name}`,
    confirmedName: name,
    cluster: true,
    image: true,
    catalog: true,
    repository: true,
    ...answers,
  });
}

/** What a service and its registration are on a cluster. */
export function objectsOf(
  { name, namespace }: DeliveredAlready,
  registration: ObjectRef[],
): ObjectRef[] {
  return [
    ...registration,
    ...[
      ['apps/v1', 'Deployment'],
      ['v1', 'Service'],
      ['keda.sh/v1alpha1', 'ScaledObject'],
      ['monitoring.coreos.com/v1', 'ServiceMonitor'],
      ['policy/v1', 'PodDisruptionBudget'],
    ].map(([apiVersion, kind]) => ({ apiVersion, kind, namespace, name })),
  ];
}

/** Kinds of those objects that are there. */
export async function kindsThere(
  { cluster }: PlatformRun,
  objects: ObjectRef[],
): Promise<string[]> {
  const found = await Promise.all(objects.map(ref => cluster.get(ref)));
  return objects
    .filter((_, index) => found[index] !== undefined)
    .map(({ kind }) => kind);
}

/** The task has taken everything away: objects, catalog entry, and the right to push. */
export async function assertRemoved(
  run: PlatformRun,
  service: DeliveredAlready,
  ended: {
    task: string;
    objects: ObjectRef[];
    deliverer: string;
  },
): Promise<void> {
  const { status, log, output } = await run.backstage.finishTask(ended.task, {
    withinSeconds: 240,
  });
  assert.equal(status, 'completed', log);
  const text = JSON.stringify(output.text);
  assert.match(
    text,
    new RegExp(`${ended.deliverer} has removed ${service.namespace}/`),
  );
  assert.match(text, /archived/i);
  assert.deepEqual(await kindsThere(run, ended.objects), []);
  await eventually(
    async () =>
      assert.equal(
        await run.backstage.hasEntity(`component/default/${service.name}`),
        false,
      ),
    { withinSeconds: 30 },
  );
}
