import {
  formatObjectRef,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { objectKey } from '../../model/objectKey';
import { PlanCheck } from '../PlanContext';
import { ofSetAndCluster } from './ofSetAndCluster';

const portsSchema = z.object({
  spec: z.object({
    ports: z.array(
      z.object({
        nodePort: z.number().optional(),
        protocol: z.string().default('TCP'),
      }),
    ),
  }),
});

/** `TCP 30901` of each port that a Service takes on the nodes. */
function nodePortsOf(service: KubernetesObject): string[] {
  const parsed = portsSchema.safeParse(service);
  return parsed.success
    ? parsed.data.spec.ports
        .filter(({ nodePort }) => nodePort !== undefined)
        .map(({ protocol, nodePort }) => `${protocol} ${nodePort}`)
    : [];
}

/** Refuses node ports that another Service of set or cluster holds, and says which. */
export const checkNodePorts: PlanCheck = async context => {
  const services = context.objects.filter(
    ({ ref, object }) =>
      ref.apiVersion === 'v1' &&
      ref.kind === 'Service' &&
      nodePortsOf(object).length > 0,
  );
  if (services.length === 0) {
    return { problems: [] };
  }
  // The server's dry run refuses a taken port even where Services may not be
  // listed; what the list adds is who holds it, and clashes within the set.
  const { items } = await ofSetAndCluster(context, {
    apiVersion: 'v1',
    kind: 'Service',
  });
  const clashes = services.map(service =>
    nodePortsOf(service.object).flatMap(port => {
      const { ref, source } = service;
      const holder = items.find(
        other =>
          objectKey(objectRefOf(other)) !== objectKey(ref) &&
          nodePortsOf(other).includes(port),
      );
      return holder === undefined
        ? []
        : [
            {
              ref,
              source,
              message: `node port ${port} is taken by ${formatObjectRef(
                objectRefOf(holder),
              )}; choose another, or leave nodePort out and let the cluster choose`,
            },
          ];
    }),
  );
  return {
    covered: services.filter((_, index) => clashes[index].length > 0),
    problems: clashes.flat(),
  };
};
