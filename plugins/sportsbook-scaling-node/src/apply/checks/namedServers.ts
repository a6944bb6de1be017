import {
  groupKindOf,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { PrometheusAddressError } from '../../errors/PrometheusAddressError';
import {
  parsePrometheusAddress,
  PrometheusAddress,
} from '../../ports/prometheusAddress';
import { ResolvedObject } from '../ResolvedObject';

const triggersSchema = z.object({
  spec: z.object({
    triggers: z.array(
      z.object({
        type: z.string(),
        metadata: z.object({ serverAddress: z.string() }),
      }),
    ),
  }),
});

/** A Prometheus that a trigger asks. */
export interface NamedServer {
  /** As the trigger has it. */
  serverAddress: string;
  address: PrometheusAddress;
  /** The namespace of the ScaledObject. */
  namespace: string;
}

function serversOf(object: KubernetesObject): NamedServer[] {
  const parsed = triggersSchema.safeParse(object);
  const triggers = parsed.success ? parsed.data.spec.triggers : [];
  return triggers
    .filter(({ type }) => type === 'prometheus')
    .flatMap(({ metadata: { serverAddress } }) => {
      try {
        return [
          {
            serverAddress,
            address: parsePrometheusAddress(serverAddress),
            namespace: object.metadata.namespace ?? '',
          },
        ];
      } catch (error) {
        // The check of triggers says what is wrong with it.
        if (error instanceof PrometheusAddressError) {
          return [];
        }
        throw error;
      }
    });
}

/** The servers that the triggers of a set's ScaledObjects name, as far as they can be read. */
export function namedServers(objects: ResolvedObject[]): NamedServer[] {
  return objects
    .filter(({ ref }) => groupKindOf(ref) === 'keda.sh/ScaledObject')
    .flatMap(({ object }) => serversOf(object));
}
