import {
  ObjectRef,
  replicaHistoryQuery,
  ScalingEvent,
  ScalingHistory,
  ScalingTarget,
  Sourced,
  sourcedValue,
  UnixTimestampSeconds,
  WorkloadView,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  KubernetesClient,
  openPrometheus,
  PrometheusLimits,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import {
  ClusterSources,
  SeenAutoscaler,
  SeenScaledObject,
} from '../sources/ClusterSources';
import { notSeen, Observation } from '../sources/Observation';
import { PrometheusSources } from '../sources/PrometheusSources';

/** Asks one source within its time; a failure is an observation too. */
export type Ask = <T>(
  what: string,
  question: (signal: AbortSignal) => Promise<Observation<T>>,
) => Promise<Observation<T>>;

/**
 * The questions about one target, in the order that they depend on each other:
 * the ScaledObject names all the rest.
 */
export class TargetQuestions {
  readonly #target: ScalingTarget;
  readonly #client: KubernetesClient;
  readonly #cluster: ClusterSources;
  readonly #ask: Ask;

  constructor(options: {
    target: ScalingTarget;
    client: KubernetesClient;
    ask: Ask;
  }) {
    this.#target = options.target;
    this.#client = options.client;
    this.#cluster = new ClusterSources(options.client, options.target);
    this.#ask = options.ask;
  }

  async scaledObject(): Promise<Observation<SeenScaledObject>> {
    return await this.#askCluster('The ScaledObject', signal =>
      this.#cluster.scaledObject(signal),
    );
  }

  /** @param hpaName - as KEDA reports it; undefined: found by KEDA's label */
  async autoscaler(hpaName?: string): Promise<Observation<SeenAutoscaler>> {
    return await this.#askCluster('The HorizontalPodAutoscaler', signal =>
      this.#cluster.autoscaler(hpaName, signal),
    );
  }

  /**
   * All that the ScaledObject leads to, or the autoscaler where there is no
   * ScaledObject to be had. Without either nothing is asked: nobody could say
   * then whose it is.
   *
   * @param instead - the autoscaler, where it was asked because the ScaledObject is not known
   */
  async ofCluster(
    scaledObject: Sourced<SeenScaledObject>,
    instead: Observation<SeenAutoscaler> | undefined,
  ): Promise<{
    autoscaler: Observation<SeenAutoscaler>;
    workload: Observation<WorkloadView>;
    events: Observation<ScalingEvent[]>;
  }> {
    const known = sourcedValue(scaledObject);
    const found = instead?.ok ? instead.value : undefined;
    const scaleTarget = known?.scaleTarget ?? found?.scaleTarget;
    const hpaName = known?.view.hpaName ?? found?.view.name;

    const [autoscaler, workload, events] = await Promise.all([
      instead ?? this.autoscaler(hpaName),
      scaleTarget
        ? this.#askCluster(`The ${scaleTarget.kind}`, signal =>
            this.#cluster.workload(scaleTarget, signal),
          )
        : notAsked(scaledObject, 'which workload is scaled'),
      known ?? found
        ? this.#askCluster('The list of events', signal =>
            this.#cluster.events({ hpaName, scaleTarget }, signal),
          )
        : notAsked(scaledObject, 'which events belong to the service'),
    ]);
    return { autoscaler, workload, events };
  }

  async ofPrometheus(
    scaledObject: Sourced<SeenScaledObject>,
    options: { limits: PrometheusLimits; now: UnixTimestampSeconds },
  ): Promise<{
    requestsPerSecond: Observation<number>;
    history: Observation<ScalingHistory>;
  }> {
    const known = sourcedValue(scaledObject);
    const trigger = known?.view.trigger;
    if (!trigger) {
      const none = known
        ? this.#noTrigger()
        : notAsked(scaledObject, 'which Prometheus holds the rate');
      return { requestsPerSecond: none, history: none };
    }
    const { query, serverAddress } = trigger;
    const { limits, now } = options;
    const ask = <T>(
      question: (
        prometheus: PrometheusSources,
        signal: AbortSignal,
      ) => Promise<Observation<T>>,
    ) =>
      this.#ask(`Prometheus at ${serverAddress}`, async signal => {
        const client = this.#client;
        const { namespace } = this.#target;
        return await question(
          new PrometheusSources(
            openPrometheus({ client, serverAddress, namespace, ...limits }),
          ),
          signal,
        );
      });
    const replicas = this.#replicaHistoryQuery(known.scaleTarget);
    const [requestsPerSecond, history] = await Promise.all([
      ask((prometheus, signal) => prometheus.requestsPerSecond(query, signal)),
      ask((prometheus, signal) =>
        prometheus.history({ requestsPerSecond: query, replicas }, now, signal),
      ),
    ]);
    return { requestsPerSecond, history };
  }

  /** A generated service, its Deployment and its scrape job share one name. */
  #replicaHistoryQuery(scaleTarget: ObjectRef | undefined): string {
    const { namespace, scaledObject } = this.#target;
    return replicaHistoryQuery({
      namespace,
      service: scaleTarget?.name ?? scaledObject,
    });
  }

  #askCluster: Ask = (what, question) =>
    this.#ask(`${what} on cluster ${this.#target.cluster}`, question);

  #noTrigger(): Observation<never> {
    const { namespace, scaledObject } = this.#target;
    return notSeen(
      'absent',
      `ScaledObject ${namespace}/${scaledObject} has no prometheus trigger with a threshold per replica, which is the one that is followed here.`,
    );
  }
}

function notAsked(
  scaledObject: Sourced<SeenScaledObject>,
  unknown: string,
): Observation<never> {
  return scaledObject.status === 'ok' || scaledObject.status === 'stale'
    ? notSeen(
        'failed',
        `The ScaledObject does not say ${unknown}. Check its spec.`,
      )
    : notSeen(
        scaledObject.status,
        `Without the ScaledObject it is not known ${unknown}: ${scaledObject.message}`,
      );
}
