import type { ProcessIdentity } from './processIdentity';

/** Another process already runs a cluster on this state folder. */
export class StateInUseError extends Error {
  readonly name = 'StateInUseError' as const;
  readonly directory: string;
  readonly owner: ProcessIdentity;

  constructor(directory: string, owner: ProcessIdentity) {
    super(
      `Process ${owner.pid} already runs the cluster of ${directory}; stop it, or choose another state folder`,
    );
    this.directory = directory;
    this.owner = owner;
  }
}
