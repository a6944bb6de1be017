import type { PodCondition, PodObject } from '../podObject';
import type { Container } from '../podObject';
import type { ContainerView } from './ContainerView';
import { podConditions } from './podConditions';
import { podPhase, type InitView } from './podPhase';
import { qosClass } from './qosClass';

export const HOST_ADDRESS = '127.0.0.1';

export interface PodFacts {
  pod: PodObject;
  init: readonly InitView[];
  containers: readonly ContainerView[];
  podIP?: string;
  /** No container runs or will run. */
  ended: boolean;
  /** Why the kubelet itself ended the pod, such as a deadline. */
  failure?: { reason: string; message: string };
  /** RFC 3339. */
  startTime: string;
  now: string;
}

/** The whole `status` that the kubelet writes. */
export function podStatus(facts: PodFacts): Record<string, unknown> {
  const { pod, init, containers, podIP, ended, failure } = facts;
  const phase = failure
    ? ('Failed' as const)
    : podPhase({
        restartPolicy: pod.spec.restartPolicy,
        init,
        containers,
        ended,
      });
  const finished = phase === 'Succeeded' || phase === 'Failed';
  const conditions: PodCondition[] = podConditions({
    phase,
    hasSandbox: podIP !== undefined && !finished,
    init,
    containers,
    gates: pod.spec.readinessGates.map(({ conditionType }) => conditionType),
    generation: pod.metadata.generation,
    before: pod.status.conditions,
    now: facts.now,
  });
  return {
    conditions,
    containerStatuses: containers.map((view, index) =>
      containerStatus(view, pod.spec.containers[index]),
    ),
    hostIP: HOST_ADDRESS,
    hostIPs: [{ ip: HOST_ADDRESS }],
    ...(init.length === 0
      ? {}
      : {
          initContainerStatuses: init.map(({ view }, index) =>
            containerStatus(view, pod.spec.initContainers[index]),
          ),
        }),
    observedGeneration: pod.metadata.generation,
    phase,
    ...(podIP === undefined ? {} : { podIP, podIPs: [{ ip: podIP }] }),
    qosClass: pod.status.qosClass ?? qosClass(pod),
    ...(failure ?? {}),
    startTime: facts.startTime,
  };
}

function containerStatus(
  view: ContainerView,
  { resources, volumeMounts }: Container,
): Record<string, unknown> {
  const begun = view.containerID !== undefined;
  return {
    ...(begun && resources.requests
      ? { allocatedResources: resources.requests }
      : {}),
    ...(begun ? { containerID: view.containerID } : {}),
    image: view.image,
    imageID: view.imageID,
    lastState: view.lastState,
    name: view.name,
    ready: view.ready,
    ...(begun ? { resources } : {}),
    restartCount: view.restartCount,
    started: view.started,
    state: view.state,
    ...(volumeMounts.length === 0
      ? {}
      : {
          volumeMounts: volumeMounts.map(({ name, mountPath, readOnly }) => ({
            mountPath,
            name,
            ...(readOnly ? { readOnly, recursiveReadOnly: 'Disabled' } : {}),
          })),
        }),
  };
}
