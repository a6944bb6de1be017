import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { EventEmitter, once } from 'node:events';
import { WatchEvent } from '../ports/KubernetesClient';
import { cloneJson } from './cloneJson';

interface Entry {
  version: number;
  event: Extract<WatchEvent, { object: KubernetesObject }>;
}

/** The watches of a {@link FakeCluster}: a log of all events, and readers that follow it. */
export class FakeWatches {
  readonly #log: Entry[] = [];
  readonly #changed = new EventEmitter().setMaxListeners(0);
  #epoch = 0;

  publish(
    type: 'ADDED' | 'MODIFIED' | 'DELETED',
    object: KubernetesObject,
    resourceVersion: string,
  ): void {
    this.#log.push({
      version: Number(resourceVersion),
      event: { type, object: cloneJson(object) },
    });
    this.#changed.emit('change');
  }

  /** Ends every watch that is open. */
  end(): void {
    this.#epoch += 1;
    this.#changed.emit('change');
  }

  async *follow(
    isSelected: (object: KubernetesObject) => boolean,
    options: { after: number; signal?: AbortSignal },
  ): AsyncGenerator<WatchEvent> {
    const { signal } = options;
    const epoch = this.#epoch;
    let after = options.after;
    while (epoch === this.#epoch) {
      signal?.throwIfAborted();
      const news = this.#after(after);
      for (const { version, event } of news) {
        after = version;
        if (isSelected(event.object)) {
          yield event;
        }
      }
      if (news.length === 0) {
        await once(this.#changed, 'change', { signal });
      }
    }
  }

  #after(version: number): Entry[] {
    return this.#log.filter(entry => entry.version > version);
  }
}
