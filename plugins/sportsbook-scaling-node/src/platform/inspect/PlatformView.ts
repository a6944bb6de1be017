import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ClusterView, Readable } from '../../apply/ClusterView';
import { ApiCatalog, KubernetesClient } from '../../ports/KubernetesClient';
import { PlatformReach } from '../PlatformReport';

/** A cluster, as far as an inspection may look at it; each question is asked once. */
export class PlatformView {
  readonly #view: ClusterView;

  private constructor(
    readonly client: KubernetesClient,
    readonly catalog: ApiCatalog,
    readonly reach: PlatformReach,
    signal: AbortSignal | undefined,
  ) {
    this.#view = new ClusterView({ client, signal });
  }

  static async open(options: {
    client: KubernetesClient;
    reach: PlatformReach;
    signal?: AbortSignal;
  }): Promise<PlatformView> {
    const { client, reach, signal } = options;
    const catalog = await client.discover({ fresh: true, signal });
    return new PlatformView(client, catalog, reach, signal);
  }

  /** Whether a kind is served; whoever may log in may know. */
  serves(kind: { apiVersion: string; kind: string }): boolean {
    return this.catalog.find(kind.apiVersion, kind.kind) !== undefined;
  }

  /** A cluster-scoped object; not asked for where only a namespace is looked at. */
  async clusterObject(ref: {
    apiVersion: string;
    kind: string;
    name: string;
  }): Promise<Readable<KubernetesObject | undefined>> {
    return this.reach === 'cluster' ? this.#view.get(ref) : this.#notLookedAt();
  }

  async clusterObjects(kind: {
    apiVersion: string;
    kind: string;
  }): Promise<Readable<KubernetesObject[]>> {
    return this.reach === 'cluster'
      ? this.#view.list(kind)
      : this.#notLookedAt();
  }

  async object(ref: {
    apiVersion: string;
    kind: string;
    namespace: string;
    name: string;
  }): Promise<Readable<KubernetesObject | undefined>> {
    return this.#reaches(ref.namespace)
      ? this.#view.get(ref)
      : this.#notLookedAt();
  }

  /** Of all namespaces, or of the one that is looked at. */
  async objects(kind: {
    apiVersion: string;
    kind: string;
  }): Promise<Readable<KubernetesObject[]>> {
    return this.#view.list(
      kind,
      this.reach === 'cluster' ? undefined : this.reach.namespace,
    );
  }

  async objectsIn(
    namespace: string,
    kind: { apiVersion: string; kind: string },
  ): Promise<Readable<KubernetesObject[]>> {
    return this.#reaches(namespace)
      ? this.#view.list(kind, namespace)
      : this.#notLookedAt();
  }

  #reaches(namespace: string): boolean {
    return this.reach === 'cluster' || this.reach.namespace === namespace;
  }

  #notLookedAt(): { status: 'unreadable'; reason: string } {
    return {
      status: 'unreadable',
      reason: 'only one namespace was looked at',
    };
  }
}
