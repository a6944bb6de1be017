import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../model/ResourceType';
import type { Controller } from '../ports/Controller';
import { Reconciler } from '../runtime/Reconciler';
import { requireType } from '../runtime/requireType';
import { PROMETHEUS_API_VERSION } from './names';
import {
  reconcilePrometheus,
  type MonitoringContext,
} from './reconcilePrometheus';
import { messageOf } from '../runtime/messageOf';

export interface PrometheusControllerOptions extends MonitoringContext {
  log(line: string): void;
}

/** What a Prometheus depends on besides itself: any change there looks at all of them that it may concern. */
const DEPENDENCIES: readonly {
  apiVersion: string;
  kind: string;
  /** Only objects of the server's own namespace count. */
  inNamespace: boolean;
  /** Absent: all. */
  labelSelector?: string;
}[] = [
  {
    apiVersion: PROMETHEUS_API_VERSION,
    kind: 'ServiceMonitor',
    inNamespace: false,
  },
  { apiVersion: 'v1', kind: 'Namespace', inNamespace: false },
  { apiVersion: 'v1', kind: 'ServiceAccount', inNamespace: true },
  { apiVersion: 'v1', kind: 'Service', inNamespace: true },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    inNamespace: true,
    labelSelector: 'managed-by=prometheus-operator',
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    inNamespace: true,
    labelSelector: 'operator.prometheus.io/name',
  },
];

/** The operator's part for Prometheus objects and their ServiceMonitors. */
export class PrometheusController implements Controller {
  readonly name = 'prometheus-controller';
  readonly #options: PrometheusControllerOptions;
  readonly #reconciler: Reconciler;
  #unwatch: (() => void)[] = [];

  constructor(options: PrometheusControllerOptions) {
    this.#options = options;
    this.#reconciler = new Reconciler({
      name: this.name,
      clock: options.clock,
      reconcile: key => reconcilePrometheus(key, options),
      onError: (key, error) =>
        options.log(
          `Prometheus ${key} was not reconciled: ${messageOf(
            error,
          )}; again soon`,
        ),
    });
  }

  start(): void {
    const { objects } = this.#options;
    const prometheuses = this.#prometheuses();
    this.#unwatch = [
      objects.watch(
        prometheuses,
        { resourceVersion: '0' },
        ({ type, object }) => {
          if (type === 'DELETED') {
            this.#reconciler.forget(keyOf(object));
          } else if (type !== 'BOOKMARK') {
            this.#reconciler.enqueue(keyOf(object));
          }
        },
      ),
      ...DEPENDENCIES.map(({ apiVersion, kind, inNamespace, labelSelector }) =>
        objects.watch(
          requireType(objects, apiVersion, kind),
          {
            resourceVersion: objects.resourceVersion(),
            ...(labelSelector === undefined ? {} : { labelSelector }),
          },
          ({ type, object }) => {
            if (type !== 'BOOKMARK') {
              this.#enqueueAll(
                inNamespace ? object.metadata.namespace : undefined,
              );
            }
          },
        ),
      ),
    ];
  }

  async stop(): Promise<void> {
    this.#unwatch.forEach(unwatch => unwatch());
    await this.#reconciler.stop();
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#reconciler.idle();
  }

  #prometheuses(): ResourceType {
    return requireType(
      this.#options.objects,
      PROMETHEUS_API_VERSION,
      'Prometheus',
    );
  }

  #enqueueAll(namespace: string | undefined): void {
    this.#options.objects
      .list(this.#prometheuses(), namespace === undefined ? {} : { namespace })
      .items.forEach(object => this.#reconciler.enqueue(keyOf(object)));
  }
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
