import {
  formatObjectRef,
  ObjectRef,
  ObjectStatus,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** An object that is not what its spec says, and what can be found about why. */
export interface BlockedObject {
  ref: ObjectRef;
  /** `absent`: there is no such object. */
  status: ObjectStatus['status'] | 'absent';
  message: string;
  /** Waiting reasons of its pods and the last warnings about it, each one line. */
  causes: string[];
}

/** `InProgress`, as Kubernetes' own tools write it. */
export function formatStatus(status: BlockedObject['status']): string {
  return status.charAt(0).toUpperCase() + status.slice(1);
}

/** `Deployment betting/odds InProgress: Ready 1/3 (pod odds-x: ImagePullBackOff)`. */
export function formatBlockedObject(blocked: BlockedObject): string {
  const { ref, status, message, causes } = blocked;
  return `${formatObjectRef(ref)} ${formatStatus(status)}${
    message === '' ? '' : `: ${message}`
  }${causes.length === 0 ? '' : ` (${causes.join('; ')})`}`;
}
