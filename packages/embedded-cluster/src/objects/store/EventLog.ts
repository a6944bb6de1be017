import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

/** One write, as watches see it. */
export interface StoreEvent {
  version: number;
  resource: string;
  /** As the write left it; of a deletion, its last state with the deletion's version. */
  object: KubernetesObject;
  /** What was there before. */
  previous?: KubernetesObject;
  removed: boolean;
}

export interface EventLogLimits {
  /** Default 4,000: seconds of a flood, hours of everyday life. */
  events?: number;
  /**
   * Sum of the JSON lengths; default 4 Mi characters. In memory each takes
   * about four bytes, so that this bounds what a long-running cluster grows by.
   */
  characters?: number;
}

/**
 * The latest writes, for watches that begin in the past and for lists that go
 * on from a former page. Bounded in number and in size.
 */
export class EventLog {
  readonly #limits: Required<EventLogLimits>;
  #entries: { event: StoreEvent; characters: number }[] = [];
  /** Index of the oldest entry; those before it are cut off now and then. */
  #first = 0;
  #characters = 0;
  /** Events after this version are all here. */
  #completeAfter: number;

  constructor(version: number, limits: EventLogLimits = {}) {
    this.#completeAfter = version;
    this.#limits = { events: 4_000, characters: 4 * 2 ** 20, ...limits };
  }

  add(event: StoreEvent, characters: number): void {
    this.#entries.push({ event, characters });
    this.#characters += characters;
    while (
      this.#entries.length - this.#first > this.#limits.events ||
      (this.#characters > this.#limits.characters &&
        this.#entries.length - this.#first > 1)
    ) {
      const dropped = this.#entries[this.#first];
      this.#characters -= dropped.characters;
      this.#completeAfter = dropped.event.version;
      this.#first++;
    }
    if (this.#first > 1_000 && this.#first * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }

  /** @returns undefined where some of them are not kept any more */
  after(version: number): StoreEvent[] | undefined {
    if (version < this.#completeAfter) {
      return undefined;
    }
    let low = this.#first;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#entries[middle].event.version > version) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return this.#entries.slice(low).map(({ event }) => event);
  }

  /** The oldest version that a watch may begin at. */
  completeAfter(): number {
    return this.#completeAfter;
  }
}
