import { join, posix } from 'node:path';

/** A folder of the container that lies elsewhere than its image. */
export interface Mount {
  /** As the container sees it, absolute. */
  path: string;
  real: string;
  writable: boolean;
}

/** Where the container's absolute paths really are. */
export class ContainerFiles {
  readonly root: string;
  readonly mounts: readonly Mount[];

  constructor(root: string, mounts: readonly Mount[]) {
    this.root = root;
    this.mounts = [...mounts].sort((a, b) => b.path.length - a.path.length);
  }

  /** @param path - absolute, of the container */
  real(path: string): string {
    const clean = posix.normalize(path);
    const mount = this.mounts.find(
      candidate =>
        clean === candidate.path || clean.startsWith(`${candidate.path}/`),
    );
    return mount
      ? join(mount.real, clean.slice(mount.path.length))
      : join(this.root, clean);
  }
}
