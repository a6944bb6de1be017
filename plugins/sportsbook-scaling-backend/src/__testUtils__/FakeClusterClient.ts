import {
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ApiCatalog,
  ApplyResult,
  CallOptions,
  KubernetesClient,
  ListOptions,
  ObjectList,
  RawAnswer,
  WatchEvent,
} from '@sportsbook/plugin-sportsbook-scaling-node';

/** A cluster that holds objects and a Prometheus, and can be told to fail. Read only. */
export class FakeClusterClient implements KubernetesClient {
  readonly cluster: string;
  readonly #objects: KubernetesObject[];
  readonly #prometheus: (path: string) => RawAnswer;
  readonly #gitVersion: string;
  readonly #failures = new Map<string, Error>();
  #gate: Promise<void> = Promise.resolve();
  /** Each call, such as `get ScaledObject rev/sb-api` or `list Event rev`. */
  readonly asked: string[] = [];

  constructor(options: {
    cluster: string;
    objects: KubernetesObject[];
    prometheus: (path: string) => RawAnswer;
    /** Default: a version that is not the embedded cluster's. */
    gitVersion?: string;
  }) {
    this.cluster = options.cluster;
    this.#objects = options.objects;
    this.#prometheus = options.prometheus;
    this.#gitVersion = options.gitVersion ?? 'v1.36.3';
  }

  /** From now on calls about this kind, or `*` for all calls, reject. */
  fail(kind: string, error: Error): void {
    this.#failures.set(kind, error);
  }

  recover(): void {
    this.#failures.clear();
  }

  /** From now on calls wait until the returned function is called, or their signal aborts. */
  hold(): () => void {
    let release = () => {};
    this.#gate = new Promise(resolve => {
      release = resolve;
    });
    return release;
  }

  async get(
    ref: ObjectRef,
    options?: CallOptions,
  ): Promise<KubernetesObject | undefined> {
    await this.#enter(
      `get ${ref.kind} ${ref.namespace}/${ref.name}`,
      ref.kind,
      options,
    );
    return this.#objects.find(
      ({ apiVersion, kind, metadata }) =>
        apiVersion === ref.apiVersion &&
        kind === ref.kind &&
        metadata.namespace === ref.namespace &&
        metadata.name === ref.name,
    );
  }

  async list(
    { apiVersion, kind }: { apiVersion: string; kind: string },
    options: ListOptions = {},
  ): Promise<ObjectList> {
    const { namespace, labelSelector, fieldSelector } = options;
    await this.#enter(`list ${kind} ${namespace}`, kind, options);
    const items = this.#objects.filter(
      object =>
        object.apiVersion === apiVersion &&
        object.kind === kind &&
        object.metadata.namespace === namespace &&
        matches(labelSelector, key => object.metadata.labels?.[key]) &&
        matches(fieldSelector, path => fieldOf(object, path)),
    );
    return { items, resourceVersion: '1' };
  }

  async getRaw(path: string, options?: CallOptions): Promise<RawAnswer> {
    await this.#enter(`getRaw ${path}`, 'prometheus', options);
    return this.#prometheus(path);
  }

  async version(options?: CallOptions): Promise<{ gitVersion: string }> {
    await this.#enter('version', 'version', options);
    return { gitVersion: this.#gitVersion };
  }
  async discover(): Promise<ApiCatalog> {
    throw notUsed('discover');
  }
  watch(): AsyncIterable<WatchEvent> {
    throw notUsed('watch');
  }
  async apply(): Promise<ApplyResult> {
    throw notUsed('apply');
  }
  async patchJson(): Promise<KubernetesObject> {
    throw notUsed('patchJson');
  }
  async delete(): Promise<'deleted' | 'absent'> {
    throw notUsed('delete');
  }
  async can(): Promise<{ allowed: boolean }> {
    throw notUsed('can');
  }

  async #enter(
    call: string,
    kind: string,
    options: CallOptions = {},
  ): Promise<void> {
    this.asked.push(call);
    const { signal } = options;
    await Promise.race([this.#gate, rejectionOf(signal)]);
    signal?.throwIfAborted();
    const failure = this.#failures.get(kind) ?? this.#failures.get('*');
    if (failure) {
      throw failure;
    }
  }
}

function rejectionOf(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) =>
    signal?.addEventListener('abort', () => reject(signal.reason)),
  );
}

function matches(
  selector: string | undefined,
  valueAt: (key: string) => unknown,
): boolean {
  return (selector?.split(',') ?? []).every(requirement => {
    const [key, value] = requirement.split('=');
    return valueAt(key) === value;
  });
}

function fieldOf(object: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      object,
    );
}

function notUsed(method: string): Error {
  return new Error(`a snapshot does not ${method}`);
}
