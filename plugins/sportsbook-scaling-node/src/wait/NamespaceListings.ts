import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { KubernetesClient } from '../ports/KubernetesClient';

interface Kind {
  apiVersion: string;
  kind: string;
}

/**
 * Lists of kinds in namespaces, each read once however many objects ask for
 * it. What cannot be read is noted, and is empty.
 */
export class NamespaceListings {
  readonly client: KubernetesClient;
  readonly signal?: AbortSignal;
  readonly #lists = new Map<string, Promise<KubernetesObject[]>>();
  readonly #unreadable = new Map<string, string>();

  constructor(options: { client: KubernetesClient; signal?: AbortSignal }) {
    this.client = options.client;
    this.signal = options.signal;
  }

  /** One line per kind that could not be read in the namespace. */
  unreadableIn(namespace: string | undefined): string[] {
    const end = `|${namespace ?? ''}`;
    return [...this.#unreadable]
      .filter(([key]) => key.endsWith(end))
      .map(([, line]) => line);
  }

  items(
    kind: Kind,
    namespace: string | undefined,
    fieldSelector?: string,
  ): Promise<KubernetesObject[]> {
    const key = `${kind.kind}?${fieldSelector ?? ''}|${namespace ?? ''}`;
    const known = this.#lists.get(key);
    if (known !== undefined) {
      return known;
    }
    const list = this.client
      .list(kind, { namespace, fieldSelector, signal: this.signal })
      .then(({ items }) => items.map(item => ({ ...kind, ...item })))
      .catch((error: unknown) => {
        this.#unreadable.set(
          key,
          `${kind.kind}s could not be read: ${
            error instanceof Error ? error.message : String(error)
          }`,
        );
        return [];
      });
    this.#lists.set(key, list);
    return list;
  }
}
