import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import { requireType } from '../../runtime/requireType';
import { KEDA_API_VERSION } from './names';
import type { AuthParameters } from './prometheusTrigger';
import type { KedaTrigger } from './scaledObjectSpec';

const secretTarget = z.object({
  parameter: z.string(),
  name: z.string(),
  key: z.string(),
});

const schema = z.object({
  spec: z
    .object({
      secretTargetRef: z.array(secretTarget).optional(),
      configMapTargetRef: z.array(secretTarget).optional(),
    })
    .catchall(z.unknown()),
});

/** Sources of credentials that only a real KEDA reaches. */
function missingSources(spec: Record<string, unknown>): string[] {
  return Object.entries(spec)
    .filter(
      ([key, value]) =>
        !['secretTargetRef', 'configMapTargetRef'].includes(key) &&
        value !== undefined,
    )
    .map(([key]) => key);
}

function valueIn(
  object: KubernetesObject | undefined,
  key: string,
  encoding: 'base64' | 'utf8',
): string {
  const data = object?.data;
  const value: unknown =
    typeof data === 'object' && data !== null
      ? Object.entries(data).find(([name]) => name === key)?.[1]
      : undefined;
  return typeof value === 'string'
    ? Buffer.from(value, encoding).toString('utf8')
    : '';
}

/**
 * The parameters that a trigger's `authenticationRef` stands for. A Secret or
 * key that is not there gives an empty parameter, as in KEDA, and the trigger
 * then misses it.
 *
 * @throws Error where the authentication does not exist, or takes its
 *   credentials from what the embedded cluster does not have
 */
export function triggerAuthentication(
  objects: ClusterObjects,
  { authenticationRef }: KedaTrigger,
  namespace: string,
): AuthParameters {
  if (!authenticationRef) {
    return {};
  }
  const { name, kind = 'TriggerAuthentication' } = authenticationRef;
  const isCluster = kind === 'ClusterTriggerAuthentication';
  const object = objects.get(
    requireType(objects, KEDA_API_VERSION, kind),
    isCluster ? { name } : { namespace, name },
  );
  const { spec } = schema.parse(object);
  const missing = missingSources(spec);
  if (missing.length > 0) {
    throw new Error(
      `${kind} ${name} uses ${missing.join(
        ', ',
      )}, which the embedded cluster does not have; use secretTargetRef or configMapTargetRef`,
    );
  }
  // Those of a cluster-wide authentication lie in KEDA's own namespace.
  const from = isCluster ? 'keda' : namespace;
  const read = (
    targets: z.output<typeof secretTarget>[] | undefined,
    source: 'Secret' | 'ConfigMap',
  ) =>
    (targets ?? []).map(target => [
      target.parameter,
      valueIn(
        objects.find(requireType(objects, 'v1', source), {
          namespace: from,
          name: target.name,
        }),
        target.key,
        source === 'Secret' ? 'base64' : 'utf8',
      ),
    ]);
  return Object.fromEntries([
    ...read(spec.configMapTargetRef, 'ConfigMap'),
    ...read(spec.secretTargetRef, 'Secret'),
  ]);
}
