import {
  KubernetesObject,
  ObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { objectKey } from '../../model/objectKey';
import { isAnswer } from './isAnswer';

/** What became of the last write of an object. */
export type WriteState =
  /** Answered: this is what is stored now. */
  | { status: 'done'; object: KubernetesObject }
  /** The server, or Backstage before it, said no. */
  | { status: 'refused'; error: unknown }
  /** It was sent and no answer came. */
  | { status: 'lost'; error: unknown };

/** What a run knows of one object. */
export interface JournalEntry {
  /** As it was read before the first write; undefined: there was none, or nobody looked. */
  before?: KubernetesObject;
  /** Of the last write; undefined: none was begun. */
  write?: WriteState;
  /** Why the server did not take it, in a dry run or for real. */
  refusal?: unknown;
  /** Uids that this run has made, by the server's own word. */
  madeUids: string[];
}

/**
 * Notes every write that goes through its {@link client}, so that it can be
 * told afterwards what was done, whatever happened to the run in between.
 */
export class WriteJournal {
  /** The client that it was made for, watched. */
  readonly client: KubernetesClient;
  readonly #entries = new Map<string, JournalEntry>();

  constructor(client: KubernetesClient) {
    // A proxy and not a wrapper: adapters may gain methods that need no note.
    this.client = new Proxy(client, {
      get: (target, key) => {
        if (key === 'get') {
          return this.#get(target);
        }
        if (key === 'apply') {
          return this.#apply(target);
        }
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  /** Undefined where nothing was done with the object. */
  entry(ref: ObjectRef): JournalEntry | undefined {
    return this.#entries.get(objectKey(ref));
  }

  /** A lost write that was seen to have arrived. */
  settle(ref: ObjectRef, object: KubernetesObject): void {
    this.#note(ref).write = { status: 'done', object };
  }

  #note(ref: ObjectRef): JournalEntry {
    const key = objectKey(ref);
    const entry = this.#entries.get(key) ?? { madeUids: [] };
    this.#entries.set(key, entry);
    return entry;
  }

  #get(target: KubernetesClient): KubernetesClient['get'] {
    return async (ref, options) => {
      const live = await target.get(ref, options);
      const entry = this.#note(ref);
      if (entry.write === undefined) {
        entry.before = live;
      }
      return live;
    };
  }

  #apply(target: KubernetesClient): KubernetesClient['apply'] {
    return async (object, options) => {
      const entry = this.#note(objectRefOf(object));
      const isWrite = options?.dryRun !== true;
      if (isWrite) {
        options?.signal?.throwIfAborted();
        entry.write = {
          status: 'lost',
          error: new Error('the run ended before the server answered'),
        };
      }
      try {
        const result = await target.apply(object, options);
        entry.refusal = undefined;
        if (isWrite) {
          entry.write = { status: 'done', object: result.object };
          const { uid } = result.object.metadata;
          if (result.created && uid !== undefined) {
            entry.madeUids.push(uid);
          }
        }
        return result;
      } catch (error) {
        const answered = isAnswer(error);
        if (answered) {
          entry.refusal = error;
        }
        if (isWrite) {
          entry.write = { status: answered ? 'refused' : 'lost', error };
        }
        throw error;
      }
    };
  }
}
