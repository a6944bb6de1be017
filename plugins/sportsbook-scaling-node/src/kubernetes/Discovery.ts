import { KubernetesApiError } from '../errors';
import {
  ApiCatalog,
  ApiResource,
  CallOptions,
} from '../ports/KubernetesClient';
import { apiCatalog, DISCOVERY_MEDIA_TYPE, readDiscovery } from './apiCatalog';
import { TransportAnswer } from './KubernetesTransport';

const CACHED_SECONDS = 30;

/** A GET that has been retried, and checked but for 304. */
export type DiscoveryGet = (
  path: string,
  headers: Record<string, string>,
  options: CallOptions,
) => Promise<TransportAnswer>;

interface Copy {
  etag: string | null;
  resources: ApiResource[];
}

/** What one cluster serves, asked at most every 30 seconds, and by ETag, so that asking again is cheap. */
export class Discovery {
  readonly #cluster: string;
  readonly #get: DiscoveryGet;
  readonly #now: () => number;
  readonly #copies = new Map<string, Copy>();
  #cached?: { catalog: ApiCatalog; atMilliseconds: number };

  /** `now` in milliseconds, for tests. */
  constructor(
    cluster: string,
    get: DiscoveryGet,
    now: () => number = () => performance.now(),
  ) {
    this.#cluster = cluster;
    this.#get = get;
    this.#now = now;
  }

  /** Age of the copy; infinite without one. */
  ageSeconds(): number {
    return this.#cached === undefined
      ? Number.POSITIVE_INFINITY
      : (this.#now() - this.#cached.atMilliseconds) / 1000;
  }

  async catalog(
    options: CallOptions & { fresh?: boolean } = {},
  ): Promise<ApiCatalog> {
    if (this.#cached && !options.fresh && this.ageSeconds() < CACHED_SECONDS) {
      return this.#cached.catalog;
    }
    const [core, groups] = await Promise.all([
      this.#read('/api', options),
      this.#read('/apis', options),
    ]);
    const catalog = apiCatalog([...core, ...groups]);
    this.#cached = { catalog, atMilliseconds: this.#now() };
    return catalog;
  }

  async #read(path: string, options: CallOptions): Promise<ApiResource[]> {
    const known = this.#copies.get(path);
    const answer = await this.#get(
      path,
      {
        Accept: DISCOVERY_MEDIA_TYPE,
        ...(known?.etag ? { 'If-None-Match': known.etag } : {}),
      },
      { signal: options.signal },
    );
    if (answer.status === 304 && known) {
      return known.resources;
    }
    const resources = readDiscovery(parseJson(answer.text));
    if (resources === undefined) {
      throw new KubernetesApiError(
        `Cluster ${
          this.#cluster
        } does not answer aggregated discovery on ${path}. Kubernetes 1.27 or newer is needed; a proxy in front of it must hand on the Accept header.`,
        { status: answer.status },
      );
    }
    this.#copies.set(path, { etag: answer.headers.get('etag'), resources });
    return resources;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
