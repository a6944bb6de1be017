import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../../model/Clock';
import { asJson } from '../foundation/asJson';
import {
  CONTROLLER_MANAGER,
  type ControllerContext,
} from '../foundation/ControllerContext';
import { isNamespaceTerminating } from '../foundation/isNamespaceTerminating';
import { controllerReference } from '../foundation/ownership';
import { requireType } from '../../runtime/requireType';
import { sameValue } from '../foundation/sameValue';
import { sliceView } from '../views/sliceView';
import { distributeEndpoints } from './distributeEndpoints';
import type { AddressType, EndpointGroup } from './endpointsOfService';
import { MANAGED_BY, OURS, SERVICE_NAME, sliceLabels } from './sliceLabels';

const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';

/** What the slices of one address family shall hold. */
export interface WantedSlices {
  addressType: AddressType;
  groups: readonly EndpointGroup[];
}

export interface ServiceSlices {
  service: KubernetesObject;
  /** When that happened for which they change; undefined where that has no time. */
  triggeredMilliseconds: number | undefined;
  wanted: readonly WantedSlices[];
}

/**
 * Makes, changes and deletes slices so that those of each group hold it, a
 * hundred endpoints each, or one is empty where there is no group.
 */
export function writeSlices(
  context: ControllerContext,
  slices: ServiceSlices,
): void {
  const { service, wanted } = slices;
  const { objects } = context;
  const type = requireType(objects, 'discovery.k8s.io/v1', 'EndpointSlice');
  const { namespace, name } = service.metadata;
  const left = new Set(
    objects
      .list(type, { namespace })
      .items.filter(
        ({ metadata }) =>
          metadata.labels?.[SERVICE_NAME] === name &&
          metadata.labels[MANAGED_BY] === OURS &&
          metadata.deletionTimestamp === undefined,
      ),
  );
  const missing: { addressType: AddressType; group: EndpointGroup }[] = [];
  const free = new Set<KubernetesObject>();
  for (const { addressType, groups } of wanted) {
    for (const group of groups.length === 0
      ? [{ ports: [], endpoints: [] }]
      : groups) {
      const same = [...left].filter(
        slice =>
          slice.addressType === addressType &&
          sameValue(slice.ports ?? [], group.ports),
      );
      const { kept, empty, added } = distributeEndpoints(
        same.map(slice => ({ slice, endpoints: sliceView(slice).endpoints })),
        group.endpoints,
      );
      for (const { slice, endpoints } of kept) {
        change(context, slices, slice, { ...group, endpoints });
      }
      same.forEach(slice => left.delete(slice));
      empty.forEach(slice => free.add(slice));
      missing.push(
        ...added.map(endpoints => ({
          addressType,
          group: { ...group, endpoints },
        })),
      );
      if (group.endpoints.length === 0) {
        missing.push({ addressType, group });
      }
    }
  }
  left.forEach(slice => free.add(slice));
  for (const { addressType, group } of missing) {
    // A slice that nobody is in any more is used again before a new one is made.
    const again = [...free].find(slice => slice.addressType === addressType);
    if (again === undefined) {
      create(context, slices, addressType, group);
    } else {
      free.delete(again);
      change(context, slices, again, group);
    }
  }
  for (const slice of free) {
    objects.delete(type, slice.metadata, {});
  }
}

function change(
  { objects }: ControllerContext,
  { service, triggeredMilliseconds }: ServiceSlices,
  slice: KubernetesObject,
  { ports, endpoints }: EndpointGroup,
): void {
  const labels = sliceLabels(service);
  if (
    sameValue(slice.endpoints ?? [], endpoints) &&
    sameValue(slice.ports ?? [], ports) &&
    sameValue(slice.metadata.labels ?? {}, labels)
  ) {
    return;
  }
  objects.update(
    requireType(objects, 'discovery.k8s.io/v1', 'EndpointSlice'),
    slice.metadata,
    asJson({
      ...slice,
      metadata: {
        ...slice.metadata,
        labels,
        annotations: withTriggerTime(
          slice.metadata.annotations,
          triggeredMilliseconds,
        ),
      },
      endpoints,
      ports,
    }),
    { manager: CONTROLLER_MANAGER },
  );
}

function create(
  { objects }: ControllerContext,
  { service, triggeredMilliseconds }: ServiceSlices,
  addressType: AddressType,
  { ports, endpoints }: EndpointGroup,
): void {
  try {
    objects.create(
      requireType(objects, 'discovery.k8s.io/v1', 'EndpointSlice'),
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          name: '',
          generateName: `${service.metadata.name}-`,
          namespace: service.metadata.namespace,
          labels: sliceLabels(service),
          ...(triggeredMilliseconds === undefined
            ? {}
            : { annotations: withTriggerTime({}, triggeredMilliseconds) }),
          ownerReferences: [controllerReference(service)],
        },
        addressType,
        endpoints,
        ports,
      },
      { manager: CONTROLLER_MANAGER },
    );
  } catch (error) {
    if (!isNamespaceTerminating(error)) {
      throw error;
    }
  }
}

function withTriggerTime(
  annotations: Readonly<Record<string, string>> | undefined,
  triggeredMilliseconds: number | undefined,
): Record<string, string> | undefined {
  const { [TRIGGER_TIME]: _before, ...others } = annotations ?? {};
  if (triggeredMilliseconds !== undefined) {
    return { ...others, [TRIGGER_TIME]: timestamp(triggeredMilliseconds) };
  }
  return Object.keys(others).length === 0 ? undefined : others;
}
