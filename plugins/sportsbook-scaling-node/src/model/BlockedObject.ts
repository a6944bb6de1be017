import {
  formatObjectRef,
  ObjectRef,
  ObjectStatus,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** The end of what a container wrote, credentials hidden. */
export interface ContainerLog {
  pod: string;
  container: string;
  /** Whether these are the lines of the run before the present one. */
  previousRun: boolean;
  /** Oldest first; empty where it wrote nothing. */
  lines: string[];
  /** Why there are no lines; undefined where the log could be read. */
  unreadable?: string;
}

/** An object that is not what its spec says, and what can be found about why. */
export interface BlockedObject {
  ref: ObjectRef;
  /** `absent`: there is no such object. */
  status: ObjectStatus['status'] | 'absent';
  message: string;
  /** Waiting reasons of its pods and the last events about it, each one line. */
  causes: string[];
  /** Of containers behind it that do not run as they should. */
  logs?: ContainerLog[];
}

/** `InProgress`, as Kubernetes' own tools write it. */
export function formatStatus(status: BlockedObject['status']): string {
  return status.charAt(0).toUpperCase() + status.slice(1);
}

function formatLog(log: ContainerLog): string {
  const { pod, container, previousRun, lines, unreadable } = log;
  const whose = `pod ${pod}, container ${container}${
    previousRun ? ', the run before' : ''
  }`;
  if (unreadable !== undefined) {
    return `The log of ${whose} cannot be read: ${unreadable}`;
  }
  return lines.length === 0
    ? `${whose} wrote nothing`
    : `Last lines of ${whose}:\n${lines.map(line => `  ${line}`).join('\n')}`;
}

/** `Deployment betting/odds InProgress: Ready 1/3 (pod odds-x: ImagePullBackOff)`. */
export function formatBlockedObject(blocked: BlockedObject): string {
  const { ref, status, message, causes } = blocked;
  return `${formatObjectRef(ref)} ${formatStatus(status)}${
    message === '' ? '' : `: ${message}`
  }${causes.length === 0 ? '' : ` (${causes.join('; ')})`}`;
}

/** All of them in one line, and below it what their containers wrote last. */
export function formatBlockedObjects(blocked: readonly BlockedObject[]): {
  objects: string;
  /** Starts with a line end; empty where nothing was written. */
  logs: string;
} {
  const logs = new Set(
    blocked.flatMap(object => (object.logs ?? []).map(formatLog)),
  );
  return {
    objects: blocked.map(formatBlockedObject).join('; '),
    logs: [...logs].map(log => `\n${log}`).join(''),
  };
}
