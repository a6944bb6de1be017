import {
  FIELD_MANAGER,
  formatObjectRef,
  KubernetesObject,
  ObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { KubernetesApiError } from '../errors';
import {
  AccessQuestion,
  ApiCatalog,
  ApplyOptions,
  ApplyResult,
  CallOptions,
  DeleteOptions,
  JsonPatchOperation,
  KubernetesClient,
  ListOptions,
  ObjectList,
  RawAnswer,
  RawOptions,
  WatchEvent,
  WatchOptions,
} from '../ports/KubernetesClient';
import { AccessReviews } from './AccessReviews';
import { Discovery } from './Discovery';
import { kubernetesObjectSchema } from './kubernetesObjectSchema';
import { readStatusText } from './kubernetesStatus';
import { KubernetesTransport, TransportAnswer } from './KubernetesTransport';
import { listPages } from './listPages';
import { assertPlainPath, resourcePath, withQuery } from './resourcePath';
import { RestCall, RestCalls } from './RestCalls';
import { retryable, wasOvertaken } from './retryable';
import { RetryPolicy } from './RetryPolicy';
import { ServedKinds } from './ServedKinds';
import { warningTexts } from './warningHeaders';
import { watchEvents } from './watchEvents';

interface Kind {
  apiVersion: string;
  kind: string;
}

const versionSchema = z.object({ gitVersion: z.string() });

/** {@link KubernetesClient} over Kubernetes' REST API, whatever the way there. */
export class RestKubernetesClient implements KubernetesClient {
  readonly #calls: RestCalls;
  readonly #discovery: Discovery;
  readonly #kinds: ServedKinds;
  readonly #access: AccessReviews;

  constructor(transport: KubernetesTransport, retry: RetryPolicy = {}) {
    const { cluster } = transport;
    this.#calls = new RestCalls(transport, retry);
    this.#discovery = new Discovery(cluster, (path, headers, options) =>
      this.#calls.call(
        { method: 'GET', path, headers },
        { action: 'list its APIs' },
        options,
      ),
    );
    this.#kinds = new ServedKinds(cluster, this.#discovery);
    this.#access = new AccessReviews(this.#calls);
  }

  get cluster(): string {
    return this.#calls.cluster;
  }

  async version(options: CallOptions = {}): Promise<{ gitVersion: string }> {
    const purpose = { action: 'tell its version' };
    const answer = await this.#calls.call(
      { method: 'GET', path: '/version' },
      purpose,
      options,
    );
    return this.#calls.parse(versionSchema, answer, purpose);
  }

  async discover(
    options: CallOptions & { fresh?: boolean } = {},
  ): Promise<ApiCatalog> {
    return await this.#discovery.catalog(options);
  }

  async get(
    ref: ObjectRef,
    options: CallOptions = {},
  ): Promise<KubernetesObject | undefined> {
    const action = `get ${formatObjectRef(ref)}`;
    const purpose = { action, kind: ref };
    const path = await this.#kinds.objectPath(ref, action, options);
    const answer = await this.#calls.retry(options, async () => {
      const got = await this.#calls.send({ method: 'GET', path }, options);
      if (isAbsent(got)) {
        return undefined;
      }
      this.#calls.check(got, purpose);
      return got;
    });
    return answer && this.#calls.parse(kubernetesObjectSchema, answer, purpose);
  }

  async list(kind: Kind, options: ListOptions = {}): Promise<ObjectList> {
    const action = `list ${kind.kind}`;
    const resource = await this.#kinds.resource(kind, action, options);
    return await listPages(this.#calls, resource, options);
  }

  async *watch(
    kind: Kind,
    options: WatchOptions = {},
  ): AsyncGenerator<WatchEvent> {
    const action = `watch ${kind.kind}`;
    const resource = await this.#kinds.resource(kind, action, options);
    yield* watchEvents({
      transport: this.#calls.transport,
      path: resourcePath(resource, { namespace: options.namespace }),
      asked: { cluster: this.cluster, action, kind },
      connectTimeoutSeconds: this.#calls.attemptTimeoutSeconds,
      retry: attempt => this.#calls.retry(options, attempt),
      options,
    });
  }

  async apply(
    object: KubernetesObject,
    options: ApplyOptions = {},
  ): Promise<ApplyResult> {
    const ref = objectRefOf(object);
    const action = `apply ${formatObjectRef(ref)}`;
    const purpose = { action, kind: ref };
    const objectPath = await this.#kinds.objectPath(ref, action, options);
    const answer = await this.#calls.call(
      {
        method: 'PATCH',
        path: withQuery(objectPath, {
          fieldManager: options.fieldManager ?? FIELD_MANAGER,
          fieldValidation: 'Strict',
          force: options.force ? true : undefined,
          dryRun: options.dryRun ? 'All' : undefined,
        }),
        headers: { 'Content-Type': 'application/apply-patch+yaml' },
        // JSON is YAML; the server gets each value as it was written.
        body: JSON.stringify(object),
      },
      purpose,
      {
        signal: options.signal,
        retryable: error =>
          retryable(error) ||
          (object.metadata.resourceVersion === undefined &&
            wasOvertaken(error)),
      },
    );
    return {
      object: this.#calls.parse(kubernetesObjectSchema, answer, purpose),
      created: answer.status === 201,
      warnings: warningTexts(answer.headers.get('warning')),
    };
  }

  async patchJson(
    ref: ObjectRef,
    patch: readonly JsonPatchOperation[],
    options: CallOptions & { dryRun?: boolean } = {},
  ): Promise<KubernetesObject> {
    const action = `patch ${formatObjectRef(ref)}`;
    const purpose = { action, kind: ref };
    const path = await this.#kinds.objectPath(ref, action, options);
    const answer = await this.#calls.call(
      {
        method: 'PATCH',
        path: withQuery(path, {
          fieldManager: FIELD_MANAGER,
          fieldValidation: 'Strict',
          dryRun: options.dryRun ? 'All' : undefined,
        }),
        headers: { 'Content-Type': 'application/json-patch+json' },
        body: JSON.stringify(patch),
      },
      purpose,
      { signal: options.signal },
    );
    return this.#calls.parse(kubernetesObjectSchema, answer, purpose);
  }

  async delete(
    ref: ObjectRef,
    options: DeleteOptions = {},
  ): Promise<'deleted' | 'absent'> {
    const action = `delete ${formatObjectRef(ref)}`;
    const path = await this.#kinds.objectPath(ref, action, options);
    const body = JSON.stringify({
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: options.propagationPolicy,
      preconditions: options.uid ? { uid: options.uid } : undefined,
      dryRun: options.dryRun ? ['All'] : undefined,
    });
    const call: RestCall = {
      method: 'DELETE',
      path,
      headers: { 'Content-Type': 'application/json' },
      body,
    };
    // Of an attempt whose answer was lost nobody knows what it did.
    let mayHaveDeleted = false;
    return await this.#calls.retry(options, async () => {
      try {
        const answer = await this.#calls.send(call, options);
        if (isAbsent(answer)) {
          return mayHaveDeleted ? 'deleted' : 'absent';
        }
        this.#calls.check(answer, { action, kind: ref });
        return 'deleted';
      } catch (error) {
        mayHaveDeleted ||= !wasTurnedAway(error);
        throw error;
      }
    });
  }

  async can(
    question: AccessQuestion,
    options: CallOptions = {},
  ): Promise<{ allowed: boolean; reason?: string }> {
    return await this.#access.review(question, options);
  }

  async getRaw(path: string, options: RawOptions = {}): Promise<RawAnswer> {
    assertPlainPath(path);
    const answer = await this.#calls.retry(options, () =>
      this.#calls.send(
        { method: 'GET', path, headers: { ...options.headers, Accept: '*/*' } },
        options,
      ),
    );
    return {
      status: answer.status,
      contentType: answer.headers.get('content-type') ?? '',
      text: answer.text,
    };
  }
}

/** The object is not there, as opposed to its kind or namespace. */
function isAbsent(answer: TransportAnswer): boolean {
  if (answer.status !== 404) {
    return false;
  }
  const details = readStatusText(answer.text)?.details;
  return Boolean(details?.name);
}

/** The server did not even begin with the call. */
function wasTurnedAway(error: unknown): boolean {
  return error instanceof KubernetesApiError && error.status === 429;
}
