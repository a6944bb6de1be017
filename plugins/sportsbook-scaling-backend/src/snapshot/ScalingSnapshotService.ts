import { LoggerService } from '@backstage/backend-plugin-api';
import {
  composeSnapshot,
  ScalingEvent,
  ScalingHistory,
  ScalingSnapshot,
  ScalingTarget,
  Sourced,
  UnixTimestampSeconds,
  WorkloadView,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ClusterClients } from '../ClusterClients';
import { SeenAutoscaler, SeenScaledObject } from '../sources/ClusterSources';
import { observe } from '../sources/observe';
import { SourceMemory } from '../sources/SourceMemory';
import { mapSourced } from './mapSourced';
import { targetKey } from './targetKey';
import { TargetQuestions } from './TargetQuestions';
import { withCurrentPoint } from './withCurrentPoint';

export interface ScalingSnapshotServiceOptions {
  clusters: ClusterClients;
  /** Prometheus servers outside the clusters that may be asked directly. */
  allowedPrometheusAddresses: string[];
  /** How long one question to cluster or Prometheus may take. */
  sourceTimeoutSeconds: number;
  /** How long a value outlives its source, marked as stale. */
  keepStaleSeconds: number;
  logger: LoggerService;
  /** Default: the clock. */
  now?: () => UnixTimestampSeconds;
}

/** Asks cluster and Prometheus about one target, and remembers what each source said last. */
export class ScalingSnapshotService {
  readonly #options: ScalingSnapshotServiceOptions;
  readonly #now: () => UnixTimestampSeconds;
  readonly #memory: {
    scaledObject: SourceMemory<SeenScaledObject>;
    autoscaler: SourceMemory<SeenAutoscaler>;
    workload: SourceMemory<WorkloadView>;
    events: SourceMemory<ScalingEvent[]>;
    requestsPerSecond: SourceMemory<number>;
    history: SourceMemory<ScalingHistory>;
  };

  constructor(options: ScalingSnapshotServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now() / 1000);
    const { keepStaleSeconds } = options;
    this.#memory = {
      scaledObject: new SourceMemory({ keepStaleSeconds }),
      autoscaler: new SourceMemory({ keepStaleSeconds }),
      workload: new SourceMemory({ keepStaleSeconds }),
      events: new SourceMemory({ keepStaleSeconds }),
      requestsPerSecond: new SourceMemory({ keepStaleSeconds }),
      history: new SourceMemory({ keepStaleSeconds }),
    };
  }

  /**
   * Never fails because of a source: each part of the snapshot says for itself
   * what is known. Takes at most three times as long as one question may.
   *
   * @throws the signal's reason when aborted
   */
  async take(
    target: ScalingTarget,
    options: { signal?: AbortSignal } = {},
  ): Promise<ScalingSnapshot> {
    const { clusters, logger, sourceTimeoutSeconds } = this.#options;
    const questions = new TargetQuestions({
      target,
      client: clusters.forCluster(target.cluster),
      ask: (what, question) =>
        observe(question, {
          what,
          timeoutSeconds: sourceTimeoutSeconds,
          logger,
          signal: options.signal,
        }),
    });
    const key = targetKey(target);
    const scaledObject = this.#memory.scaledObject.settle(
      key,
      await questions.scaledObject(),
      this.#now(),
    );
    const [ofCluster, ofPrometheus] = await Promise.all([
      questions.ofCluster(scaledObject),
      questions.ofPrometheus(scaledObject, {
        allowedAddresses: this.#options.allowedPrometheusAddresses,
        now: this.#now(),
      }),
    ]);

    const at = this.#now();
    const memory = this.#memory;
    const autoscaler = memory.autoscaler.settle(key, ofCluster.autoscaler, at);
    const requestsPerSecond = memory.requestsPerSecond.settle(
      key,
      ofPrometheus.requestsPerSecond,
      at,
    );
    const history = memory.history.settle(key, ofPrometheus.history, at);
    return composeSnapshot({
      target,
      observedAt: at,
      scaledObject: mapSourced(scaledObject, ({ view }) => view),
      autoscaler: mapSourced(autoscaler, ({ view }) => view),
      workload: memory.workload.settle(key, ofCluster.workload, at),
      events: memory.events.settle(key, ofCluster.events, at),
      requestsPerSecond,
      history:
        history.status === 'ok'
          ? mapSourced(history, value =>
              withCurrentPoint(value, {
                at,
                requestsPerSecond: freshValue(requestsPerSecond),
                replicas: freshValue(autoscaler)?.view.currentReplicas,
              }),
            )
          : history,
    });
  }
}

function freshValue<T>(sourced: Sourced<T>): T | undefined {
  return sourced.status === 'ok' ? sourced.value : undefined;
}
