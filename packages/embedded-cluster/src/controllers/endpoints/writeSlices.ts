import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { timestamp } from '../../model/Clock';
import { asJson } from '../foundation/asJson';
import {
  CONTROLLER_MANAGER,
  type ControllerContext,
} from '../foundation/ControllerContext';
import { isNamespaceTerminating } from '../foundation/isNamespaceTerminating';
import { controllerReference } from '../foundation/ownership';
import { requireType } from '../foundation/requireType';
import { sameValue } from '../foundation/sameValue';
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
 * Makes, changes and deletes slices so that there is one for each group, or
 * an empty one where there is none.
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
  for (const { addressType, groups } of wanted) {
    for (const group of groups.length === 0
      ? [{ ports: [], endpoints: [] }]
      : groups) {
      const same = [...left].find(
        slice =>
          slice.addressType === addressType &&
          sameValue(slice.ports ?? [], group.ports),
      );
      if (same === undefined) {
        missing.push({ addressType, group });
      } else {
        left.delete(same);
        change(context, slices, same, group);
      }
    }
  }
  for (const { addressType, group } of missing) {
    // A slice whose ports nobody has any more is used again before a new one is made.
    const free = [...left].find(slice => slice.addressType === addressType);
    if (free === undefined) {
      create(context, slices, addressType, group);
    } else {
      left.delete(free);
      change(context, slices, free, group);
    }
  }
  for (const slice of left) {
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
