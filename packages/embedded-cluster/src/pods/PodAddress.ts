import type { ClusterNetwork } from '../ports/ClusterNetwork';

/** The address of one pod: taken first, seen once the pod's volumes are there, given back in the end. */
export class PodAddress {
  readonly #network: ClusterNetwork;
  #taken: string | undefined;
  #seen: string | undefined;

  constructor(network: ClusterNetwork) {
    this.#network = network;
  }

  /** Still so after the release: the status goes on naming it, as the real one does. */
  get seen(): string | undefined {
    return this.#seen;
  }

  take(): string {
    this.#taken = this.#network.takePodAddress();
    return this.#taken;
  }

  show(): void {
    this.#seen = this.#taken;
  }

  release(): void {
    const taken = this.#taken;
    if (taken !== undefined) {
      // Once: somebody else may have it a moment later.
      this.#taken = undefined;
      this.#network.releasePodAddress(taken);
    }
  }
}
