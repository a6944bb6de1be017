import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Clock } from '../model/Clock';
import { NODE_NAME } from '../model/names';
import type { BuiltInProgram } from '../ports/BuiltInProgram';
import type { ClusterNetwork } from '../ports/ClusterNetwork';
import type { ClusterObjects } from '../ports/ClusterObjects';
import type { EventRecorder } from '../ports/EventRecorder';
import type { IssueToken } from '../ports/TokenIssuer';
import type { ImageCache } from './images/ImageCache';
import type { LogFiles } from './logs/LogFiles';
import type { MemoryWatch } from './processes/MemoryWatch';
import type { ProcessRecords } from './processes/ProcessRecords';

/** What everything that works on pods shares. */
export interface KubeletContext {
  objects: ClusterObjects;
  network: ClusterNetwork;
  clock: Clock;
  events: EventRecorder;
  log(line: string): void;
  builtInPrograms: readonly BuiltInProgram[];
  images: ImageCache;
  logs: LogFiles;
  processes: ProcessRecords;
  memory: MemoryWatch;
  issueToken?: IssueToken;
  /** Holds a folder for each pod, by uid. */
  podsDirectory: string;
  routesFile: string;
}

/** An event about a pod; the field path names the container that it is about. */
export interface PodEvent {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  fieldPath?: string;
}

export function recordPodEvent(
  { events }: Pick<KubeletContext, 'events'>,
  object: KubernetesObject,
  event: PodEvent,
): void {
  events.record({ object, component: 'kubelet', host: NODE_NAME, ...event });
}
