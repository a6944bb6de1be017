import { mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_NAME } from '../model/names';
import type { Clock } from '../model/Clock';
import type { ResourceType } from '../model/ResourceType';
import type { BuiltInProgram } from '../ports/BuiltInProgram';
import type { ClusterNetwork } from '../ports/ClusterNetwork';
import type { ClusterObjects, WatchEvent } from '../ports/ClusterObjects';
import type { Controller } from '../ports/Controller';
import type { EventRecorder } from '../ports/EventRecorder';
import type { ImageStore } from '../ports/ImageStore';
import type { RouteSource } from '../ports/NetworkRoutes';
import type { PodLogs } from '../ports/PodLogs';
import type { IssueToken } from '../ports/TokenIssuer';
import { Reconciler } from '../runtime/Reconciler';
import { ImageCache } from './images/ImageCache';
import type { KubeletContext } from './KubeletContext';
import { createPodLogs } from './logs/createPodLogs';
import { LogFiles } from './logs/LogFiles';
import { NodeHeartbeat } from './node/NodeHeartbeat';
import { readPod } from './podObject';
import { PodWorker } from './PodWorker';
import { MemoryWatch } from './processes/MemoryWatch';
import {
  endLeftoverProcesses,
  ProcessRecords,
} from './processes/ProcessRecords';
import { RoutesFile } from './RoutesFile';
import { Scheduler } from './scheduling/Scheduler';
import { waitsForNode } from './scheduling/schedulePod';

export interface KubeletOptions {
  objects: ClusterObjects;
  network: ClusterNetwork & RouteSource;
  images: ImageStore;
  builtInPrograms: readonly BuiltInProgram[];
  clock: Clock;
  events: EventRecorder;
  /** Holds `images`, `pods`, `logs` and `processes`; made where it is missing, of mode 700. */
  directory: string;
  log(line: string): void;
  /** Where `kubernetes.default.svc` leads; absent: nowhere. */
  apiServer?: { url: string };
  /** Absent: pods with a ServiceAccount's token do not start. */
  issueToken?: IssueToken;
  /** How long containers have between SIGTERM and SIGKILL when this process ends. Default 5,000. */
  stopGraceMilliseconds?: number;
}

/** The one node with its scheduler: pods become processes of this machine. */
export function createKubelet(
  options: KubeletOptions,
): Controller & { logs: PodLogs } {
  const {
    objects,
    network,
    clock,
    events,
    log,
    apiServer,
    stopGraceMilliseconds = 5_000,
  } = options;
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  // Node's permissions compare paths as they are, without links.
  const directory = realpathSync(options.directory);
  const folder = (name: string) => {
    const path = join(directory, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  const podType = served(objects, 'Pod');
  const routesFile = new RoutesFile(
    join(directory, 'routes.json'),
    network,
    apiServer === undefined ? undefined : portOf(apiServer.url),
  );
  const context: KubeletContext = {
    objects,
    network,
    clock,
    events,
    log,
    builtInPrograms: options.builtInPrograms,
    images: new ImageCache(folder('images'), options.images),
    logs: new LogFiles(folder('logs'), clock),
    processes: new ProcessRecords(folder('processes')),
    memory: new MemoryWatch(clock),
    podsDirectory: folder('pods'),
    routesFile: routesFile.path,
    ...(options.issueToken ? { issueToken: options.issueToken } : {}),
  };
  const scheduler = new Scheduler(objects, events, clock);
  const heartbeat = new NodeHeartbeat(objects, clock);
  const workers = new Map<string, PodWorker>();
  const removals = new Set<Promise<void>>();
  const unscheduled = new Set<string>();
  let endWatches: (() => void)[] = [];

  const queue = new Reconciler({
    name: 'kubelet',
    clock,
    reconcile: key => reconcile(key),
    onError: (key, error) => log(`pod ${key}: ${String(error)}`),
  });

  function reconcile(key: string): void {
    const [namespace, name] = key.split('/');
    const object = objects.find(podType, { namespace, name });
    const known = workers.get(key);
    if (known && known.uid !== object?.metadata.uid) {
      workers.delete(key);
      track(known.remove());
    }
    unscheduled.delete(key);
    if (!object) {
      return;
    }
    const pod = readPod(object);
    if (waitsForNode(pod)) {
      if (!scheduler.schedule(podType, object)) {
        unscheduled.add(key);
      }
      return;
    }
    if (pod.spec.nodeName !== NODE_NAME) {
      return;
    }
    const worker = workers.get(key);
    if (worker) {
      worker.update(object);
    } else if (!isFinished(pod.status.phase)) {
      begin(key, new PodWorker(context, podType, object));
    } else if (pod.metadata.deletionTimestamp) {
      removeFinished(pod.metadata);
    }
  }

  function begin(key: string, worker: PodWorker): void {
    workers.set(key, worker);
    worker.start();
    const object = objects.find(podType, keyOf(key));
    if (object?.metadata.deletionTimestamp !== undefined) {
      worker.update(object);
    }
  }

  /** Nothing of it runs; only its object is left. */
  function removeFinished(metadata: {
    namespace: string;
    name: string;
    uid: string;
  }): void {
    objects.delete(podType, metadata, {
      gracePeriodSeconds: 0,
      preconditions: { uid: metadata.uid },
    });
  }

  function track(work: Promise<void>): void {
    removals.add(work);
    work
      .catch((error: unknown) => log(`a pod was not removed: ${String(error)}`))
      .finally(() => removals.delete(work));
  }

  function onPod({ type, object }: WatchEvent): void {
    const { namespace, name, uid } = object.metadata;
    const key = `${namespace}/${name}`;
    if (type === 'DELETED' && !workers.has(key)) {
      context.logs.removePod(uid ?? '');
    }
    queue.enqueue(key);
  }

  function onConfig(kind: 'ConfigMap' | 'Secret') {
    return ({ object }: WatchEvent) => {
      for (const worker of workers.values()) {
        if (worker.namespace() === object.metadata.namespace) {
          worker.configChanged(kind, object.metadata.name);
        }
      }
    };
  }

  function watch(kind: string, onEvent: (event: WatchEvent) => void) {
    const type = served(objects, kind);
    return objects.watch(type, { resourceVersion: '0' }, event => {
      if (event.type !== 'BOOKMARK') {
        onEvent(event);
      }
    });
  }

  /** What belongs to pods that were deleted while nobody was here. */
  function removeOrphans(): void {
    const uids = new Set(
      objects.list(podType).items.map(({ metadata }) => metadata.uid),
    );
    for (const uid of context.logs.uids()) {
      if (!uids.has(uid)) {
        context.logs.removePod(uid);
      }
    }
    for (const uid of readdirSync(context.podsDirectory)) {
      if (!uids.has(uid)) {
        rmSync(join(context.podsDirectory, uid), {
          recursive: true,
          force: true,
        });
      }
    }
  }

  return {
    name: 'kubelet',
    logs: createPodLogs({ objects, files: context.logs, clock }),
    start() {
      const ended = endLeftoverProcesses(join(directory, 'processes'));
      if (ended > 0) {
        log(`ended ${ended} processes that an earlier run had left`);
      }
      removeOrphans();
      routesFile.start();
      heartbeat.start();
      endWatches = [
        watch('Pod', onPod),
        watch('ConfigMap', onConfig('ConfigMap')),
        watch('Secret', onConfig('Secret')),
        watch('Node', () => unscheduled.forEach(key => queue.enqueue(key))),
      ];
    },
    async stop() {
      endWatches.forEach(end => end());
      heartbeat.stop();
      await queue.stop();
      await Promise.all([
        context.images.close(),
        ...[...workers.values()].map(worker =>
          worker.abandon(stopGraceMilliseconds),
        ),
        ...removals,
      ]);
      context.memory.stop();
      routesFile.stop();
    },
  };
}

function served(objects: ClusterObjects, kind: string): ResourceType {
  const type = objects.typeOf('v1', kind);
  if (!type) {
    throw new Error(`The cluster serves no ${kind} of v1.`);
  }
  return type;
}

function isFinished(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

function keyOf(key: string) {
  const [namespace, name] = key.split('/');
  return { namespace, name };
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  const usualPort = protocol === 'https:' ? 443 : 80;
  return port === '' ? usualPort : Number(port);
}
