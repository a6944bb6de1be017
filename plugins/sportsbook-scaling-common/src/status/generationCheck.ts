import { z } from 'zod/v3';
import { KubernetesObject } from '../kubernetesObject';
import { readObject } from '../readObject';
import { ObjectStatus } from './objectStatus';
import { inProgress } from './outcomes';

const schema = z.object({
  status: z.object({ observedGeneration: z.number().nullish() }).nullish(),
});

/**
 * In progress while the controller has not seen the latest spec; its conditions
 * are about an older one until then.
 *
 * @returns undefined where the generation blocks nothing
 */
export function generationCheck(
  object: KubernetesObject,
): ObjectStatus | undefined {
  const generation = object.metadata.generation;
  const observed = readObject(schema, object).status?.observedGeneration;
  return generation !== undefined &&
    observed !== undefined &&
    observed !== null &&
    observed < generation
    ? inProgress(
        `its controller has seen generation ${observed} of ${generation}`,
      )
    : undefined;
}
