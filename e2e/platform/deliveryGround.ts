import { eventually } from '../eventually';
import type { PlatformGround, PlatformRun } from './PlatformPart';

const DIRECT_TEMPLATE_REF = 'template:default/e2e-direct-apply';

/** The form's values for a service of a part that is about delivery. */
export function deliveredService(service: {
  name: string;
  cluster: string;
  namespace: string;
}): Record<string, unknown> {
  return {
    ...service,
    owner: 'group:default/traders',
    monitoring: 'own',
    requestsPerSecondPerReplica: 100,
    minReplicas: 1,
    maxReplicas: 3,
    serviceType: 'ClusterIP',
    preview: false,
  };
}

/** Field managers of an object, each once; undefined: there is no such object. */
export async function managersOf(
  { cluster }: PlatformGround,
  ref: { apiVersion: string; kind: string; namespace: string; name: string },
): Promise<string[] | undefined> {
  const object = await cluster.get(ref);
  const fields = object?.metadata.managedFields;
  return Array.isArray(fields)
    ? [...new Set(fields.map(({ manager }) => String(manager)))]
    : undefined;
}

/** Waits until the catalog has a template. */
export async function awaitTemplate(
  { backstage }: PlatformRun,
  templateRef: string,
): Promise<void> {
  const name = templateRef.split('/')[1];
  await eventually(
    async () => {
      if (!(await backstage.hasEntity(`template/default/${name}`))) {
        throw new Error(`The catalog has no template ${name} yet.`);
      }
    },
    { withinSeconds: 60 },
  );
}

/** Runs the template that applies by itself, and says how it ended. */
export async function applyDirectly(
  run: PlatformRun,
  where: { cluster: string; namespace: string },
): Promise<{ status: string; log: string }> {
  await awaitTemplate(run, DIRECT_TEMPLATE_REF);
  const id = await run.backstage.startTask(DIRECT_TEMPLATE_REF, where);
  return run.backstage.finishTask(id, { withinSeconds: 30 });
}
