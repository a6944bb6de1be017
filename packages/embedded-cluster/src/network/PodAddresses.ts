import { POD_NETWORK } from '../model/names';

/** The range has more; the node says that it takes fewer pods. */
const FIRST = 2;
const LAST = 65_533;

/**
 * Addresses for pods, one after the other, so that an address that was just
 * given back is the last one to be taken again: connections and samples of the
 * pod that had it are long gone by then.
 */
export class PodAddresses {
  readonly #taken = new Set<string>();
  readonly #prefix = POD_NETWORK.split('.').slice(0, 2).join('.');
  #last = FIRST - 1;

  /** @param isUsed - who else has addresses, such as pods of an earlier run */
  take(isUsed: (address: string) => boolean): string {
    for (let tries = FIRST; tries <= LAST; tries += 1) {
      this.#last = this.#last >= LAST ? FIRST : this.#last + 1;
      const address = `${this.#prefix}.${this.#last >> 8}.${this.#last & 255}`;
      if (!this.#taken.has(address) && !isUsed(address)) {
        this.#taken.add(address);
        return address;
      }
    }
    throw new Error(
      `No pod address is free in ${POD_NETWORK}; delete pods that are not needed.`,
    );
  }

  release(address: string): void {
    this.#taken.delete(address);
  }

  has(address: string): boolean {
    return this.#taken.has(address);
  }
}
