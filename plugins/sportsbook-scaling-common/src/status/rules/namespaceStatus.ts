import { z } from 'zod/v3';
import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import { ObjectStatus } from '../objectStatus';
import { current, inProgress } from '../outcomes';

const schema = z.object({
  status: z.object({ phase: z.string().nullish() }).nullish(),
});

export function namespaceStatus(object: KubernetesObject): ObjectStatus {
  const phase = readObject(schema, object).status?.phase;
  return phase === 'Active'
    ? current('Active')
    : inProgress(`phase ${phase ?? 'not set yet'}`);
}
