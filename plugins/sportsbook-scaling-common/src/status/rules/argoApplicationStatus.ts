import { z } from 'zod/v3';
import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import { ObjectStatus } from '../objectStatus';
import { current, inProgress } from '../outcomes';

const schema = z.object({
  status: z
    .object({
      // Unlike elsewhere, a condition is there only while it holds.
      conditions: z
        .array(z.object({ type: z.string(), message: z.string().nullish() }))
        .nullish(),
      sync: z
        .object({ status: z.string(), revision: z.string().nullish() })
        .nullish(),
      health: z
        .object({ status: z.string().nullish(), message: z.string().nullish() })
        .nullish(),
      operationState: z
        .object({ phase: z.string(), message: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
});

/** `OutOfSync: one or more objects failed to apply`. */
function withMessage(word: string, message: string | null | undefined): string {
  return message === undefined || message === null || message === ''
    ? word
    : `${word}: ${message}`;
}

/**
 * An Application of Argo CD: Synced and Healthy. What failed to sync is tried
 * again, so that nothing but time decides.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
export function argoApplicationStatus(object: KubernetesObject): ObjectStatus {
  const { status } = readObject(schema, object);
  const error = status?.conditions?.find(({ type }) => type.endsWith('Error'));
  if (error) {
    return inProgress(withMessage(error.type, error.message));
  }
  const sync = status?.sync;
  if (!sync) {
    return inProgress('Argo CD has not seen it yet');
  }
  if (sync.status !== 'Synced') {
    const operation = status?.operationState;
    return inProgress(
      operation && ['Failed', 'Error'].includes(operation.phase)
        ? withMessage(
            `${sync.status}, last sync ${operation.phase}`,
            operation.message,
          )
        : sync.status,
    );
  }
  const health = status?.health;
  if (health?.status !== 'Healthy') {
    return inProgress(
      withMessage(`Synced, ${health?.status ?? 'Unknown'}`, health?.message),
    );
  }
  return current(
    sync.revision === undefined || sync.revision === null
      ? 'Synced, Healthy'
      : `Synced, Healthy at ${sync.revision}`,
  );
}
