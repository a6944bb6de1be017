import {
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApiNotInstalledError } from '../errors/ApiNotInstalledError';
import { ClusterForbiddenError } from '../errors/ClusterForbiddenError';
import { KubernetesClient } from '../ports/KubernetesClient';
import { objectKey } from '../model/objectKey';

/** What a read gave; `unreadable` where the identity may not read it. */
export type Readable<T> =
  | { status: 'read'; value: T }
  | { status: 'unreadable'; reason: string };

async function readable<T>(
  read: () => Promise<T>,
  absent: T,
): Promise<Readable<T>> {
  try {
    return { status: 'read', value: await read() };
  } catch (error) {
    if (error instanceof ApiNotInstalledError) {
      return { status: 'read', value: absent };
    }
    if (error instanceof ClusterForbiddenError) {
      return { status: 'unreadable', reason: error.message };
    }
    throw error;
  }
}

/**
 * The cluster as one plan sees it: every question is asked once, and what may
 * not be read is told apart from what is not there.
 */
export class ClusterView {
  private readonly client: KubernetesClient;
  private readonly signal?: AbortSignal;
  private readonly answers = new Map<string, Promise<unknown>>();

  constructor(options: { client: KubernetesClient; signal?: AbortSignal }) {
    this.client = options.client;
    this.signal = options.signal;
  }

  get(ref: ObjectRef): Promise<Readable<KubernetesObject | undefined>> {
    return this.once(`get ${objectKey(ref)}`, () =>
      readable(() => this.client.get(ref, { signal: this.signal }), undefined),
    );
  }

  /** All namespaces where `namespace` is undefined. */
  list(
    kind: { apiVersion: string; kind: string },
    namespace?: string,
  ): Promise<Readable<KubernetesObject[]>> {
    return this.once(
      `list ${kind.apiVersion}/${kind.kind} ${namespace ?? '*'}`,
      () =>
        readable(
          async () =>
            (
              await this.client.list(kind, { namespace, signal: this.signal })
            ).items.map(item => ({ ...kind, ...item })),
          [],
        ),
    );
  }

  private once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const asked = this.answers.get(key) as Promise<T> | undefined;
    if (asked !== undefined) {
      return asked;
    }
    const answer = ask();
    this.answers.set(key, answer);
    return answer;
  }
}
