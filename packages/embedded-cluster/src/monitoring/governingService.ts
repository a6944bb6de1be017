import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { matchesServiceSelector } from '../model/labels';
import type { ClusterObjects } from '../ports/ClusterObjects';
import { requireType } from '../runtime/requireType';
import { sameJson } from '../runtime/sameJson';
import { GOVERNING_SERVICE, OPERATED_LABELS, OPERATOR_MANAGER } from './names';
import { ownedBy, type OwnerReference } from './ownedBy';
import { serverLabelsOf, type Prometheus } from './prometheusSpec';

const ownersSchema = z
  .array(z.looseObject({ uid: z.string().optional() }))
  .default([]);

const selectorSchema = z.object({
  spec: z.object({ selector: z.record(z.string(), z.string()).optional() }),
});

function serviceOf(
  { namespace, spec }: Prometheus,
  ownerReferences: OwnerReference[],
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: GOVERNING_SERVICE,
      namespace,
      labels: { ...OPERATED_LABELS, 'operated-prometheus': 'true' },
      ownerReferences,
    },
    spec: {
      clusterIP: 'None',
      ports: [{ name: spec.portName, port: 9090, targetPort: spec.portName }],
      selector: { 'app.kubernetes.io/name': 'prometheus' },
    },
  };
}

/** The Service that all servers of a namespace share, and that goes with the last of them. */
function ensureShared(objects: ClusterObjects, prometheus: Prometheus): void {
  const type = requireType(objects, 'v1', 'Service');
  const { namespace } = prometheus;
  const key = { namespace, name: GOVERNING_SERVICE };
  const mine = ownedBy(prometheus, { controls: false });
  const live = objects.find(type, key);
  if (live === undefined) {
    objects.create(type, serviceOf(prometheus, [mine]), {
      manager: OPERATOR_MANAGER,
    });
    return;
  }
  const owners = ownersSchema.parse(live.metadata.ownerReferences);
  if (!owners.some(owner => sameJson(owner, mine))) {
    objects.update(
      type,
      key,
      {
        ...live,
        metadata: {
          ...live.metadata,
          ownerReferences: [
            ...owners.filter(({ uid }) => uid !== mine.uid),
            mine,
          ],
        },
      },
      { manager: OPERATOR_MANAGER },
    );
  }
}

/**
 * Makes the Service `prometheus-operated`, or makes sure of the one that
 * `spec.serviceName` names.
 *
 * @throws Error where that one is missing or selects other pods
 */
export function ensureGoverningService(
  objects: ClusterObjects,
  prometheus: Prometheus,
): void {
  const { namespace, spec } = prometheus;
  if (!spec.serviceName) {
    ensureShared(objects, prometheus);
    return;
  }
  const name = spec.serviceName;
  const service = objects.find(requireType(objects, 'v1', 'Service'), {
    namespace,
    name,
  });
  if (service === undefined) {
    throw new Error(
      `failed to get custom governing service ${namespace}/${name}: services "${name}" not found`,
    );
  }
  const { selector } = selectorSchema.parse(service).spec;
  const labels = serverLabelsOf(prometheus);
  if (!matchesServiceSelector(labels, selector)) {
    throw new Error(
      `custom governing service ${namespace}/${name} with selector "${labelText(
        selector ?? {},
      )}" does not select pods with labels "${labelText(labels)}"`,
    );
  }
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
