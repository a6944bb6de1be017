import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { matchesServiceSelector } from '../../model/labels';
import type { Controller } from '../../ports/Controller';
import type { ObjectKey } from '../../ports/ClusterObjects';
import type { ControllerContext } from '../foundation/ControllerContext';
import { createReconcilingController } from '../foundation/createReconcilingController';
import type { Informers, ObjectChange } from '../foundation/Informer';
import { queueKey, queueKeyOf } from '../foundation/objectKey';
import { requireType } from '../../runtime/requireType';
import { serviceView } from '../views/serviceView';
import { endpointsOfService, type AddressType } from './endpointsOfService';
import { MANAGED_BY, OURS, SERVICE_NAME } from './sliceLabels';
import { TriggerTimes } from './TriggerTimes';
import { writeSlices } from './writeSlices';

/** Lists the pods of each Service that has a selector. */
export function createEndpointSliceController(
  context: ControllerContext,
  informers: Informers,
): Controller {
  const { objects } = context;
  const triggerTimes = new TriggerTimes();
  return createReconcilingController({
    name: 'endpoint-slice-controller',
    context,
    informers,
    watches: [
      {
        apiVersion: 'v1',
        kind: 'Service',
        concerns: ({ object }) => [queueKeyOf(object)],
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        concerns: change => servicesOfPod(objects, change),
      },
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        concerns: ({ object }) => serviceOfSlice(object),
      },
    ],
    reconcile: key => reconcile(context, key, triggerTimes),
  });
}

function* servicesOfPod(
  objects: ControllerContext['objects'],
  { object, previous }: ObjectChange,
): Iterable<string> {
  const { namespace, labels } = object.metadata;
  const type = requireType(objects, 'v1', 'Service');
  for (const service of objects.list(type, { namespace }).items) {
    const selector = serviceView(service).spec.selector ?? undefined;
    if (
      matchesServiceSelector(labels, selector) ||
      (previous !== undefined &&
        matchesServiceSelector(previous.metadata.labels, selector))
    ) {
      yield queueKeyOf(service);
    }
  }
}

function* serviceOfSlice({ metadata }: KubernetesObject): Iterable<string> {
  const service = metadata.labels?.[SERVICE_NAME];
  if (service !== undefined && metadata.labels?.[MANAGED_BY] === OURS) {
    yield `${metadata.namespace}/${service}`;
  }
}

function reconcile(
  context: ControllerContext,
  key: ObjectKey,
  triggerTimes: TriggerTimes,
): void {
  const { objects } = context;
  const service = objects.find(requireType(objects, 'v1', 'Service'), key);
  // Slices of a Service that is gone go with their owner; one without a
  // selector has slices that somebody else writes.
  if (
    service === undefined ||
    service.metadata.deletionTimestamp !== undefined
  ) {
    triggerTimes.forget(queueKey(key));
    return;
  }
  const { spec } = serviceView(service);
  if (spec.selector === undefined || spec.selector === null) {
    return;
  }
  const selector = spec.selector;
  if (spec.type === 'ExternalName') {
    return;
  }
  const pods = objects
    .list(requireType(objects, 'v1', 'Pod'), { namespace: key.namespace })
    .items.filter(({ metadata }) =>
      matchesServiceSelector(metadata.labels, selector),
    );
  const families = (spec.ipFamilies ?? ['IPv4']).map<AddressType>(family =>
    family === 'IPv6' ? 'IPv6' : 'IPv4',
  );
  writeSlices(context, {
    service,
    triggeredMilliseconds: triggerTimes.changedSince(service, pods),
    wanted: families.map(addressType => ({
      addressType,
      groups: endpointsOfService(service, pods, addressType),
    })),
  });
}
