import { z } from 'zod/v3';
import { KubernetesObject } from '../kubernetesObject';
import { readObject } from '../readObject';
import { findCondition } from './conditions';
import { ObjectStatus } from './objectStatus';
import { inProgress } from './outcomes';

const schema = z.object({
  status: z
    .object({
      observedGeneration: z.number().nullish(),
      // Argo CD's conditions have no status, so that no more is asked for here.
      conditions: z
        .array(
          z.object({
            type: z.string(),
            observedGeneration: z.number().nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

/**
 * In progress while the controller has not seen the latest spec; its conditions
 * are about an older one until then.
 *
 * @remarks
 * A `Ready` that says by itself that it is about the latest spec is believed:
 * Flux writes the status' own number only once it has succeeded, and the reason
 * for failing would be hidden.
 *
 * @returns undefined where the generation blocks nothing
 */
export function generationCheck(
  object: KubernetesObject,
): ObjectStatus | undefined {
  const generation = object.metadata.generation;
  const { status } = readObject(schema, object);
  const observed = status?.observedGeneration;
  const ready = findCondition(status?.conditions ?? [], 'Ready');
  return generation !== undefined &&
    ready?.observedGeneration !== generation &&
    observed !== undefined &&
    observed !== null &&
    observed < generation
    ? inProgress(
        `its controller has seen generation ${observed} of ${generation}`,
      )
    : undefined;
}
