import { InputError } from '@backstage/errors';
import {
  FIELD_MANAGER,
  formatObjectRef,
  KubernetesObject,
  ObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import {
  ApiNotInstalledError,
  ClusterUnreachableError,
  KubernetesApiError,
} from '../errors';
import { Discovery } from './Discovery';
import { AskedFor, errorFromAnswer } from './errorFromAnswer';
import {
  AccessQuestion,
  ApiCatalog,
  ApiResource,
  ApplyOptions,
  ApplyResult,
  CallOptions,
  DeleteOptions,
  KubernetesClient,
  ListOptions,
  ObjectList,
  RawAnswer,
  WatchEvent,
  WatchOptions,
} from './KubernetesClient';
import { kubernetesObjectSchema, listSchema } from './kubernetesObjectSchema';
import { readStatusText } from './kubernetesStatus';
import {
  KubernetesTransport,
  TransportAnswer,
  TransportRequest,
} from './KubernetesTransport';
import { assertPlainPath, resourcePath, withQuery } from './resourcePath';
import {
  DEFAULT_ATTEMPT_TIMEOUT_SECONDS,
  DEFAULT_BUDGET_SECONDS,
  RetryPolicy,
  withRetries,
} from './RetryPolicy';
import { warningTexts } from './warningHeaders';
import { watchEvents } from './watchEvents';

const PAGE_SIZE = 500;
/** A kind that a copy of this age does not have may have been installed since. */
const MISS_IS_CHECKED_AFTER_SECONDS = 2;

interface Kind {
  apiVersion: string;
  kind: string;
}

type Call = Omit<TransportRequest, 'timeoutSeconds' | 'signal'>;

const versionSchema = z.object({ gitVersion: z.string() });
const reviewSchema = z.object({
  status: z.object({
    allowed: z.boolean(),
    reason: z.string().optional(),
    evaluationError: z.string().optional(),
  }),
});

/** {@link KubernetesClient} over Kubernetes' REST API, whatever the way there. */
export class RestKubernetesClient implements KubernetesClient {
  readonly #transport: KubernetesTransport;
  readonly #attemptTimeoutSeconds: number;
  readonly #budgetSeconds: number;
  readonly #discovery: Discovery;

  constructor(transport: KubernetesTransport, retry: RetryPolicy = {}) {
    this.#transport = transport;
    this.#attemptTimeoutSeconds =
      retry.attemptTimeoutSeconds ?? DEFAULT_ATTEMPT_TIMEOUT_SECONDS;
    this.#budgetSeconds = retry.budgetSeconds ?? DEFAULT_BUDGET_SECONDS;
    this.#discovery = new Discovery(
      transport.cluster,
      (path, headers, options) =>
        this.#call({ method: 'GET', path, headers }, 'list its APIs', options),
    );
  }

  get cluster(): string {
    return this.#transport.cluster;
  }

  async version(options: CallOptions = {}): Promise<{ gitVersion: string }> {
    const action = 'tell its version';
    const answer = await this.#call(
      { method: 'GET', path: '/version' },
      action,
      options,
    );
    return this.#parse(versionSchema, answer, action);
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
    const path = await this.#objectPath(ref, action, options);
    return await this.#retry(options, async () => {
      const answer = await this.#send({ method: 'GET', path }, options);
      if (isAbsent(answer)) {
        return undefined;
      }
      this.#check(answer, action, ref);
      return this.#parse(kubernetesObjectSchema, answer, action);
    });
  }

  async list(kind: Kind, options: ListOptions = {}): Promise<ObjectList> {
    const resource = await this.#resource(kind, `list ${kind.kind}`, options);
    try {
      return await this.#listPages(resource, options, PAGE_SIZE);
    } catch (error) {
      // The snapshot that the pages come from is only kept for minutes.
      if (error instanceof KubernetesApiError && error.status === 410) {
        return await this.#listPages(resource, options, undefined);
      }
      throw error;
    }
  }

  async *watch(
    kind: Kind,
    options: WatchOptions = {},
  ): AsyncGenerator<WatchEvent> {
    const action = `watch ${kind.kind}`;
    const resource = await this.#resource(kind, action, options);
    yield* watchEvents({
      transport: this.#transport,
      path: resourcePath(resource, { namespace: options.namespace }),
      asked: { cluster: this.cluster, action, kind },
      connectTimeoutSeconds: this.#attemptTimeoutSeconds,
      retry: attempt => this.#retry(options, attempt),
      options,
    });
  }

  async apply(
    object: KubernetesObject,
    options: ApplyOptions = {},
  ): Promise<ApplyResult> {
    const ref = objectRefOf(object);
    const action = `apply ${formatObjectRef(ref)}`;
    const path = withQuery(await this.#objectPath(ref, action, options), {
      fieldManager: options.fieldManager ?? FIELD_MANAGER,
      fieldValidation: 'Strict',
      force: options.force ? true : undefined,
      dryRun: options.dryRun ? 'All' : undefined,
    });
    const answer = await this.#call(
      {
        method: 'PATCH',
        path,
        headers: { 'Content-Type': 'application/apply-patch+yaml' },
        // JSON is YAML; the server gets each value as it was written.
        body: JSON.stringify(object),
      },
      action,
      options,
      ref,
    );
    return {
      object: this.#parse(kubernetesObjectSchema, answer, action),
      created: answer.status === 201,
      warnings: warningTexts(answer.headers.get('warning')),
    };
  }

  async delete(
    ref: ObjectRef,
    options: DeleteOptions = {},
  ): Promise<'deleted' | 'absent'> {
    const action = `delete ${formatObjectRef(ref)}`;
    const path = await this.#objectPath(ref, action, options);
    const body = JSON.stringify({
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: options.propagationPolicy,
      preconditions: options.uid ? { uid: options.uid } : undefined,
      dryRun: options.dryRun ? ['All'] : undefined,
    });
    return await this.#retry(options, async () => {
      const answer = await this.#send(
        {
          method: 'DELETE',
          path,
          headers: { 'Content-Type': 'application/json' },
          body,
        },
        options,
      );
      if (isAbsent(answer)) {
        return 'absent';
      }
      this.#check(answer, action, ref);
      return 'deleted';
    });
  }

  async can(
    question: AccessQuestion,
    options: CallOptions = {},
  ): Promise<{ allowed: boolean; reason?: string }> {
    const action = `review access to ${question.resource}`;
    const answer = await this.#call(
      {
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: question },
        }),
      },
      action,
      options,
    );
    const { status } = this.#parse(reviewSchema, answer, action);
    const reason = status.reason ?? status.evaluationError;
    return { allowed: status.allowed, ...(reason ? { reason } : {}) };
  }

  async getRaw(path: string, options: CallOptions = {}): Promise<RawAnswer> {
    assertPlainPath(path);
    const answer = await this.#retry(options, () =>
      this.#send({ method: 'GET', path, headers: { Accept: '*/*' } }, options),
    );
    return {
      status: answer.status,
      contentType: answer.headers.get('content-type') ?? '',
      text: answer.text,
    };
  }

  async #listPages(
    resource: ApiResource,
    options: ListOptions,
    limit: number | undefined,
  ): Promise<ObjectList> {
    const action = `list ${resource.kind}`;
    const schema = listSchema({
      apiVersion: resource.apiVersion,
      kind: resource.kind,
    });
    const items: KubernetesObject[] = [];
    let resourceVersion = '';
    let next: string | undefined;
    do {
      const path = withQuery(
        resourcePath(resource, { namespace: options.namespace }),
        {
          labelSelector: options.labelSelector,
          fieldSelector: options.fieldSelector,
          limit,
          continue: next,
        },
      );
      const answer = await this.#call(
        { method: 'GET', path },
        action,
        options,
        resource,
      );
      const page = this.#parse(schema, answer, action);
      items.push(...page.items);
      resourceVersion = page.metadata.resourceVersion ?? '';
      next = page.metadata.continue === '' ? undefined : page.metadata.continue;
    } while (next !== undefined);
    return { items, resourceVersion };
  }

  async #resource(
    { apiVersion, kind }: Kind,
    action: string,
    options: CallOptions,
  ): Promise<ApiResource> {
    const { signal } = options;
    const known = await this.#discovery.catalog({ signal });
    let found = known.find(apiVersion, kind);
    if (
      !found &&
      this.#discovery.ageSeconds() > MISS_IS_CHECKED_AFTER_SECONDS
    ) {
      const fresh = await this.#discovery.catalog({ signal, fresh: true });
      found = fresh.find(apiVersion, kind);
    }
    if (!found) {
      throw new ApiNotInstalledError(
        `Cluster ${this.cluster} does not serve ${kind} of ${apiVersion}, so it could not ${action}. Install the operator or definition that brings it.`,
        { apiVersion, kind },
      );
    }
    return found;
  }

  async #objectPath(
    ref: ObjectRef,
    action: string,
    options: CallOptions,
  ): Promise<string> {
    const resource = await this.#resource(ref, action, options);
    if (resource.namespaced && !ref.namespace) {
      throw new InputError(
        `${ref.kind} ${ref.name} needs a namespace: objects of this kind live in one`,
      );
    }
    return resourcePath(resource, ref);
  }

  /** One attempt. */
  #send(call: Call, options: CallOptions): Promise<TransportAnswer> {
    return this.#transport.send({
      ...call,
      headers: { Accept: 'application/json', ...call.headers },
      timeoutSeconds: this.#attemptTimeoutSeconds,
      signal: options.signal,
    });
  }

  #retry<T>(options: CallOptions, attempt: () => Promise<T>): Promise<T> {
    return withRetries(attempt, {
      budgetSeconds: this.#budgetSeconds,
      signal: options.signal,
    });
  }

  /** Attempts until the answer is no refusal. */
  #call(
    call: Call,
    action: string,
    options: CallOptions,
    kind?: Kind,
  ): Promise<TransportAnswer> {
    return this.#retry(options, async () => {
      const answer = await this.#send(call, options);
      this.#check(answer, action, kind);
      return answer;
    });
  }

  #check(answer: TransportAnswer, action: string, kind?: Kind): void {
    const ok = answer.status >= 200 && answer.status < 300;
    if (!ok && answer.status !== 304) {
      const asked: AskedFor = { cluster: this.cluster, action, kind };
      throw errorFromAnswer(answer, asked);
    }
  }

  #parse<T>(schema: z.ZodType<T>, answer: TransportAnswer, action: string): T {
    try {
      return schema.parse(JSON.parse(answer.text));
    } catch (error) {
      throw new ClusterUnreachableError(
        `What answers for cluster ${
          this.cluster
        } is no Kubernetes API server: asked to ${action}, it sent ${
          answer.headers.get('content-type') ?? 'an unnamed type'
        } that cannot be read. Check the cluster's URL.`,
        error,
      );
    }
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
