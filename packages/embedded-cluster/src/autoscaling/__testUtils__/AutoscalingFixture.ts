import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { openClusterObjects } from '../../objects';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { EventToRecord } from '../../ports/EventRecorder';
import { requireType } from '../../runtime/requireType';
import { createAutoscaling, type Autoscaling } from '../createAutoscaling';
import type { AutoscalerTiming } from '../hpa/AutoscalerController';
import { ManualClock } from '../../__testUtils__/ManualClock';

/** What a query gets: a sample's text, nothing, or a failure of the server. */
export type ScriptedAnswer = string | number | 'empty' | 'fail' | 'unreachable';

/** When the real controllers act. */
export const REAL_TIMING: AutoscalerTiming = {
  firstBoundsMilliseconds: undefined,
  firstMetricsMilliseconds: 15_000,
  firstRetryMilliseconds: undefined,
  probeMilliseconds: undefined,
};

function settleTurn(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}

/**
 * Real cluster objects in a directory of their own, the controllers of this
 * room on a clock that the test moves, and a Prometheus that answers what the
 * test says.
 */
export class AutoscalingFixture {
  readonly clock: ManualClock;
  readonly events: EventToRecord[] = [];
  readonly log: string[] = [];
  /** Every query that arrived, as a URL. */
  readonly queries: URL[] = [];
  answer: (url: URL) => ScriptedAnswer = () => 'empty';
  onRequest: (headers: Headers) => void = () => {};
  readonly objects: ClusterObjects;
  readonly autoscaling: Autoscaling;
  readonly #close: () => void;

  private constructor(
    objects: ClusterObjects & { close(): void },
    clock: ManualClock,
    options: { directory: string; timing?: AutoscalerTiming },
  ) {
    const { directory, timing } = options;
    this.objects = objects;
    this.clock = clock;
    this.#close = () => {
      objects.close();
      rmSync(directory, { recursive: true, force: true });
    };
    this.autoscaling = createAutoscaling({
      objects,
      network: { fetch: (url, init) => this.#fetch(url, init) },
      clock,
      events: { record: event => this.events.push(event) },
      log: line => this.log.push(line),
      ...(timing && { timing }),
    });
  }

  /** A running fixture with namespace `betting`. */
  static async start(timing?: AutoscalerTiming): Promise<AutoscalingFixture> {
    const directory = mkdtempSync(join(tmpdir(), 'autoscaling-'));
    const clock = new ManualClock();
    const objects = await openClusterObjects({ directory, clock });
    const fixture = new AutoscalingFixture(objects, clock, {
      directory,
      timing,
    });
    objects.addAdmission(request =>
      fixture.autoscaling.admission.forEach(admit => admit(request)),
    );
    fixture.autoscaling.install();
    fixture.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'betting' },
    });
    fixture.create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: 'betting' },
    });
    fixture.autoscaling.controllers.forEach(controller => controller.start());
    return fixture;
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.autoscaling.controllers.map(controller => controller.stop()),
    );
    this.#close();
  }

  create(object: KubernetesObject): KubernetesObject {
    return this.objects.create(
      requireType(this.objects, object.apiVersion, object.kind),
      object,
      { manager: 'test', user: { username: 'test', groups: [] } },
    ).object;
  }

  /** A Deployment whose status follows its spec at once, as if its pods needed no time. */
  deployment(name: string, replicas: number): void {
    this.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'betting' },
      spec: {
        replicas,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: { containers: [{ name: 'service', image: 'service' }] },
        },
      },
    });
    this.followReplicas();
  }

  followReplicas(): void {
    const type = requireType(this.objects, 'apps/v1', 'Deployment');
    for (const object of this.objects.list(type).items) {
      const { spec, status } = object as KubernetesObject & {
        spec: { replicas: number };
        status?: { replicas?: number };
      };
      if (status?.replicas !== spec.replicas) {
        this.objects.update(
          type,
          object.metadata,
          { ...object, status: { ...status, replicas: spec.replicas } },
          { manager: 'test', subresource: 'status' },
        );
      }
    }
  }

  /** @param spec - besides target and bounds */
  scaledObject(
    name: string,
    spec: Record<string, unknown> = {},
    metadata: Record<string, unknown> = {},
  ): KubernetesObject {
    return this.create({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name, namespace: 'betting', ...metadata },
      spec: {
        scaleTargetRef: { name },
        minReplicaCount: 2,
        maxReplicaCount: 10,
        triggers: [this.trigger(name)],
        ...spec,
      },
    });
  }

  trigger(name: string, metadata: Record<string, string> = {}) {
    return {
      type: 'prometheus',
      metricType: 'AverageValue',
      metadata: {
        serverAddress: `http://prometheus-${name}.betting.svc:9090`,
        query: 'rate',
        threshold: '100',
        ...metadata,
      },
    };
  }

  // Tests read deep into objects; what is not there fails the test.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  get(apiVersion: string, kind: string, name: string): any {
    return this.objects.find(requireType(this.objects, apiVersion, kind), {
      namespace: 'betting',
      name,
    });
  }

  hpa(name: string) {
    return this.get(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      `keda-hpa-${name}`,
    );
  }

  replicas(name: string): number {
    return this.get('apps/v1', 'Deployment', name).spec.replicas;
  }

  annotate(name: string, annotations: Record<string, string | null>): void {
    this.objects.patch(
      requireType(this.objects, 'keda.sh/v1alpha1', 'ScaledObject'),
      { namespace: 'betting', name },
      { type: 'merge', body: { metadata: { annotations } } },
      { manager: 'test', user: { username: 'test', groups: [] } },
    );
  }

  /** `reason` and `status` of each condition, by type. */
  conditions(object: {
    status?: {
      conditions?: { type: string; status: string; reason?: string }[];
    };
  }): Record<string, string> {
    return Object.fromEntries(
      (object.status?.conditions ?? []).map(({ type, status, reason }) => [
        type,
        reason === undefined ? status : `${status} ${reason}`,
      ]),
    );
  }

  eventReasons(kind: string, name: string): string[] {
    return this.events
      .filter(
        ({ object }) => object.kind === kind && object.metadata.name === name,
      )
      .map(({ reason }) => reason);
  }

  /** Lets everything finish that does not wait for the clock. */
  async settle(): Promise<void> {
    const [autoscalers, scaledObjects] = this.autoscaling.controllers;
    for (let turn = 0; turn < 4; turn += 1) {
      await settleTurn();
      await scaledObjects.idle();
      await autoscalers.idle();
      this.followReplicas();
    }
  }

  async advance(seconds: number): Promise<void> {
    await this.clock.advanceSettling(seconds * 1000, () => this.settle());
  }

  async #fetch(text: string, init?: RequestInit): Promise<Response> {
    init?.signal?.throwIfAborted();
    const url = new URL(text);
    this.queries.push(url);
    this.onRequest(new Headers(init?.headers));
    const answer = this.answer(url);
    if (answer === 'unreachable') {
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('getaddrinfo ENOTFOUND'), {
          code: 'ENOTFOUND',
        }),
      });
    }
    if (answer === 'fail') {
      return new Response('{}', { status: 500 });
    }
    return Response.json({
      status: 'success',
      data: {
        resultType: 'vector',
        result:
          answer === 'empty'
            ? []
            : [{ metric: {}, value: [0, String(answer)] }],
      },
    });
  }
}
