import { z } from 'zod/v3';

const count = z
  .number()
  .nullish()
  .transform(value => value ?? 0);

/** The counts that workload controllers report; an absent one is 0. */
export const replicaCounts = {
  replicas: count,
  readyReplicas: count,
  availableReplicas: count,
  updatedReplicas: count,
};

/** Unset until the controller has looked at the object at all. */
export const observedGeneration = z.number().nullish();

/** `spec.replicas` as the API server defaults it. */
export const specReplicas = z
  .number()
  .nullish()
  .transform(value => value ?? 1);

/** `Ready 1/3` */
export function ofWanted(label: string, have: number, wanted: number): string {
  return `${label} ${have}/${wanted}`;
}
