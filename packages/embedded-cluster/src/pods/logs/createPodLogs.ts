import { existsSync } from 'node:fs';
import type { Clock } from '../../model/Clock';
import { StatusError } from '../../model/StatusError';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { LogRequest, PodLogs } from '../../ports/PodLogs';
import { type ContainerStatus, type PodObject, readPod } from '../podObject';
import type { LogFiles } from './LogFiles';
import { readLog } from './readLog';

export interface PodLogsOptions {
  objects: ClusterObjects;
  files: LogFiles;
  clock: Clock;
}

/** What the API server answers below `pods/<name>/log`. */
export function createPodLogs({
  objects,
  files,
  clock,
}: PodLogsOptions): PodLogs {
  return {
    read(request, signal) {
      const type = objects.typeOf('v1', 'Pod');
      if (!type) {
        throw StatusError.notFound(
          { group: '', resource: 'pods' },
          request.pod,
        );
      }
      const pod = readPod(
        objects.get(type, { namespace: request.namespace, name: request.pod }),
      );
      const restart = runToRead(pod, request);
      if (restart === undefined) {
        return nothing();
      }
      const path = files.path(pod.metadata.uid, restart.container, restart.run);
      if (!existsSync(path)) {
        throw notFoundHere(pod, restart.container, request.previous ?? false);
      }
      const live = request.follow ? files.open(path) : undefined;
      return readLog({
        path,
        request,
        ...(live ? { follow: live } : {}),
        nowMilliseconds: clock.now(),
        signal,
      });
    },
  };
}

/** Which run is meant; undefined for a pod that no node has begun with. */
function runToRead(
  pod: PodObject,
  { container: wanted, previous = false }: LogRequest,
): { container: string; run: number } | undefined {
  const { name } = pod.metadata;
  const all = [...pod.spec.containers, ...pod.spec.initContainers];
  const container = wanted ?? onlyContainer(pod);
  if (!all.some(candidate => candidate.name === container)) {
    throw StatusError.badRequest(
      `container ${container} is not valid for pod ${name}`,
    );
  }
  const status = [
    ...pod.status.containerStatuses,
    ...pod.status.initContainerStatuses,
  ].find(candidate => candidate.name === container);
  if (!status) {
    return undefined;
  }
  if (previous) {
    if (!status.lastState.terminated) {
      throw notFoundHere(pod, container, true);
    }
    return {
      container,
      run: status.state.waiting ? status.restartCount : status.restartCount - 1,
    };
  }
  const { waiting } = status.state;
  if (waiting && !status.lastState.terminated) {
    throw StatusError.badRequest(
      `container "${container}" in pod "${name}" is waiting to start: ${why(
        waiting,
      )}`,
    );
  }
  return { container, run: status.restartCount };
}

function onlyContainer({ metadata, spec }: PodObject): string {
  const { containers, initContainers } = spec;
  if (containers.length > 1 || initContainers.length > 0) {
    const names = containers.map(({ name }) => name).join(' ');
    const inits = initContainers.map(({ name }) => name).join(' ');
    throw StatusError.badRequest(
      `a container name must be specified for pod ${
        metadata.name
      }, choose one of: [${names}]${
        inits === '' ? '' : ` or one of the init containers: [${inits}]`
      }`,
    );
  }
  return containers[0].name;
}

function why(
  waiting: NonNullable<ContainerStatus['state']['waiting']>,
): string {
  switch (waiting.reason) {
    case 'ErrImagePull':
      return "image can't be pulled";
    case 'ImagePullBackOff':
      return 'trying and failing to pull image';
    default:
      return waiting.reason ?? 'ContainerCreating';
  }
}

function notFoundHere(
  { metadata }: PodObject,
  container: string,
  previous: boolean,
): StatusError {
  return StatusError.badRequest(
    `${
      previous ? 'previous ' : ''
    }terminated container "${container}" in pod "${metadata.name}" not found`,
  );
}

async function* nothing(): AsyncGenerator<string> {
  // A pod that is not on a node has an empty log, not an error.
}
