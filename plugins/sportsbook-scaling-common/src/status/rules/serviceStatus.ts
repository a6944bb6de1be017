import { z } from 'zod/v3';
import { KubernetesObject } from '../../kubernetesObject';
import { readObject } from '../../readObject';
import { ObjectStatus } from '../objectStatus';
import { current, inProgress } from '../outcomes';

const schema = z.object({
  spec: z.object({ type: z.string().nullish() }),
  status: z
    .object({
      loadBalancer: z
        .object({ ingress: z.array(z.unknown()).nullish() })
        .nullish(),
    })
    .nullish(),
});

/** A load balancer needs its address; every other type is made whole by the API server. */
export function serviceStatus(object: KubernetesObject): ObjectStatus {
  const { spec, status } = readObject(schema, object);
  const type = spec.type ?? 'ClusterIP';
  const addresses = status?.loadBalancer?.ingress ?? [];
  return type === 'LoadBalancer' && addresses.length === 0
    ? inProgress('its load balancer has no address yet')
    : current(type);
}
