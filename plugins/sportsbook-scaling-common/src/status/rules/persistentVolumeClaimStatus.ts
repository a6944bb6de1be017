import { z } from 'zod/v3';
import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import { ObjectStatus } from '../objectStatus';
import { current, failed, inProgress } from '../outcomes';

const schema = z.object({
  spec: z.object({ storageClassName: z.string().nullish() }),
  status: z.object({ phase: z.string().nullish() }).nullish(),
});

/** Bound to a volume. */
export function persistentVolumeClaimStatus(
  object: KubernetesObject,
): ObjectStatus {
  const { spec, status } = readObject(schema, object);
  const phase = status?.phase ?? 'Pending';
  if (phase === 'Bound') {
    return current('Bound');
  }
  if (phase === 'Lost') {
    return failed('Lost: its volume no longer exists');
  }
  return inProgress(
    `${phase}: no volume of ${
      spec.storageClassName
        ? `storage class ${spec.storageClassName}`
        : 'the default storage class'
    } is bound yet`,
  );
}
