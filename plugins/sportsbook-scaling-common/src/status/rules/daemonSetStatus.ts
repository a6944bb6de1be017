import { z } from 'zod/v3';
import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import { ObjectStatus } from '../objectStatus';
import { current, inProgress } from '../outcomes';
import { observedGeneration, ofWanted } from '../replicaCounts';

const count = z
  .number()
  .nullish()
  .transform(value => value ?? 0);

const schema = z.object({
  spec: z
    .object({
      updateStrategy: z.object({ type: z.string().nullish() }).nullish(),
    })
    .nullish(),
  status: z
    .object({
      observedGeneration,
      desiredNumberScheduled: count,
      updatedNumberScheduled: count,
      numberReady: count,
      numberAvailable: count,
    })
    .nullish(),
});

/**
 * Each node that should have a pod has an available one of the latest revision.
 * With `OnDelete` the controller updates none by itself.
 */
export function daemonSetStatus(object: KubernetesObject): ObjectStatus {
  const { spec, status } = readObject(schema, object);
  if (!status || typeof status.observedGeneration !== 'number') {
    return inProgress('its controller has not seen it yet');
  }
  const wanted = status.desiredNumberScheduled;
  const shortages: [string, number][] = [
    [
      'Updated',
      spec?.updateStrategy?.type === 'OnDelete'
        ? wanted
        : status.updatedNumberScheduled,
    ],
    ['Ready', status.numberReady],
    ['Available', status.numberAvailable],
  ];
  const shortage = shortages.find(([, have]) => have < wanted);
  return shortage
    ? inProgress(ofWanted(shortage[0], shortage[1], wanted))
    : current(ofWanted('Available', status.numberAvailable, wanted));
}
