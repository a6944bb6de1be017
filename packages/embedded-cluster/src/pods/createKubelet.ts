import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
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
import { NodePods } from './NodePods';
import { MemoryWatch } from './processes/MemoryWatch';
import {
  endLeftoverProcesses,
  ProcessRecords,
} from './processes/ProcessRecords';
import { type Reaper, startReaper } from './processes/startReaper';
import { removeOrphans } from './removeOrphans';
import { RoutesFile } from './RoutesFile';
import { Scheduler } from './scheduling/Scheduler';

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
  /**
   * How long containers have between SIGTERM and SIGKILL when this process ends,
   * where their own grace period is not shorter. Default 5,000.
   */
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
  const leftovers = endLeftoverProcesses(join(directory, 'processes'));
  const processes = new ProcessRecords(folder('processes'));
  const context: KubeletContext = {
    objects,
    network,
    clock,
    events,
    log,
    builtInPrograms: options.builtInPrograms,
    images: new ImageCache(folder('images'), options.images),
    logs: new LogFiles(folder('logs'), clock),
    processes,
    memory: new MemoryWatch(clock),
    podsDirectory: folder('pods'),
    routesFile: routesFile.path,
    ...(options.issueToken ? { issueToken: options.issueToken } : {}),
  };
  const heartbeat = new NodeHeartbeat(objects, clock);
  const pods = new NodePods(
    context,
    podType,
    new Scheduler(objects, events, clock),
  );
  let endWatches: (() => void)[] = [];
  let reaper: Reaper | undefined;

  const queue = new Reconciler({
    name: 'kubelet',
    clock,
    reconcile: key => pods.reconcile(key),
    onError: (key, error) => log(`pod ${key}: ${String(error)}`),
  });

  function onPod({ type, object }: WatchEvent): void {
    const { namespace, name, uid } = object.metadata;
    const key = `${namespace}/${name}`;
    if (type === 'DELETED' && !pods.isWorkedOn(key)) {
      context.logs.removePod(uid ?? '');
    }
    queue.enqueue(key);
  }

  function watch(kind: string, onEvent: (event: WatchEvent) => void) {
    const type = served(objects, kind);
    return objects.watch(type, { resourceVersion: '0' }, event => {
      if (event.type !== 'BOOKMARK') {
        onEvent(event);
      }
    });
  }

  return {
    name: 'kubelet',
    logs: createPodLogs({ objects, files: context.logs, clock }),
    start() {
      if (leftovers > 0) {
        log(`ended ${leftovers} processes that an earlier run had left`);
      }
      reaper = startReaper(processes.folder, log);
      removeOrphans(context, podType);
      routesFile.start();
      heartbeat.start();
      endWatches = [
        watch('Pod', onPod),
        watch('ConfigMap', ({ object }) =>
          pods.configChanged('ConfigMap', object),
        ),
        watch('Secret', ({ object }) => pods.configChanged('Secret', object)),
        watch('Node', () =>
          pods.unscheduled().forEach(key => queue.enqueue(key)),
        ),
      ];
    },
    async stop() {
      endWatches.forEach(end => end());
      heartbeat.stop();
      await queue.stop();
      await Promise.all([
        context.images.close(),
        pods.abandon(stopGraceMilliseconds),
      ]);
      context.memory.stop();
      routesFile.stop();
      reaper?.dismiss();
      processes.close();
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

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  const usualPort = protocol === 'https:' ? 443 : 80;
  return port === '' ? usualPort : Number(port);
}
