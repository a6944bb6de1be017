import { LoggerService } from '@backstage/backend-plugin-api';
import {
  composeSnapshot,
  ScalingSnapshot,
  Sourced,
  sourcedValue,
  UnixTimestampSeconds,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { PrometheusLimits } from '@sportsbook/plugin-sportsbook-scaling-node';
import { Refusal } from '../access/Refusal';
import { SnapshotAccess } from '../access/SnapshotAccess';
import { ClusterClients } from '../ClusterClients';
import { Observation } from '../sources/Observation';
import { observe } from '../sources/observe';
import { ObjectOwner } from '../sources/ownerOf';
import { SnapshotSubject, subjectKey } from '../SnapshotSubject';
import { EmbeddedClusters } from './EmbeddedClusters';
import { mapSourced } from './mapSourced';
import { refusedSnapshot } from './refusedSnapshot';
import { createSourceMemories, SourceMemories } from './SourceMemories';
import { TargetQuestions } from './TargetQuestions';
import { withCurrentPoint } from './withCurrentPoint';

export interface ScalingSnapshotServiceOptions {
  /** What may be shown of a cluster on an entity's page. */
  access: SnapshotAccess;
  clusters: Pick<ClusterClients, 'forCluster'>;
  /** Which Prometheus servers a ScaledObject may name. */
  prometheusLimits: PrometheusLimits;
  /** How long one question to cluster or Prometheus may take. */
  sourceTimeoutSeconds: number;
  /** How long a value outlives its source, marked as stale. */
  keepStaleSeconds: number;
  logger: LoggerService;
  /** Default: the clock. */
  now?: () => UnixTimestampSeconds;
}

/** Asks cluster and Prometheus about an entity's target, and remembers what each source said last. */
export class ScalingSnapshotService {
  readonly #options: ScalingSnapshotServiceOptions;
  readonly #now: () => UnixTimestampSeconds;
  readonly #memories: SourceMemories;
  readonly #embedded: EmbeddedClusters;

  constructor(options: ScalingSnapshotServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now() / 1000);
    this.#memories = createSourceMemories(options);
    this.#embedded = new EmbeddedClusters(options);
  }

  /**
   * Never fails because of a source: each part of the snapshot says for itself
   * what is known. Takes at most three times as long as one question may.
   * Of an object that belongs to another entity nothing is asked but whose it is.
   *
   * @throws the signal's reason when aborted
   */
  async take(
    subject: SnapshotSubject,
    options: { signal?: AbortSignal } = {},
  ): Promise<ScalingSnapshot> {
    const { access, clusters, logger, sourceTimeoutSeconds } = this.#options;
    const { target } = subject;
    const clusterRefusal = access.clusterRefusal(target.cluster);
    if (clusterRefusal) {
      return this.#refused(subject, clusterRefusal);
    }
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
    const asked = await questions.scaledObject();
    const refusal = this.#refusalOf(subject, asked);
    if (refusal) {
      return this.#refused(subject, refusal);
    }
    const memory = this.#memories;
    const key = subjectKey(subject);
    const scaledObject = memory.scaledObject.settle(key, asked, this.#now());

    const instead = sourcedValue(scaledObject)
      ? undefined
      : await questions.autoscaler();
    const refusalInstead = instead && this.#refusalOf(subject, instead);
    if (refusalInstead) {
      return this.#refused(subject, refusalInstead);
    }

    const [ofCluster, ofPrometheus, embedded] = await Promise.all([
      questions.ofCluster(scaledObject, instead),
      questions.ofPrometheus(scaledObject, {
        limits: this.#options.prometheusLimits,
        now: this.#now(),
      }),
      this.#embedded.isEmbedded(target.cluster, options),
    ]);

    const at = this.#now();
    const autoscaler = memory.autoscaler.settle(key, ofCluster.autoscaler, at);
    const requestsPerSecond = memory.requestsPerSecond.settle(
      key,
      ofPrometheus.requestsPerSecond,
      at,
    );
    const history = memory.history.settle(key, ofPrometheus.history, at);
    return composeSnapshot({
      target,
      ...(embedded && { embedded }),
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

  #refusalOf(
    subject: SnapshotSubject,
    observation: Observation<{ owner: ObjectOwner }>,
  ): Refusal | undefined {
    return observation.ok
      ? this.#options.access.objectRefusal(subject, observation.value.owner)
      : undefined;
  }

  #refused(subject: SnapshotSubject, refusal: Refusal): ScalingSnapshot {
    return refusedSnapshot(subject, refusal, {
      memories: this.#memories,
      at: this.#now(),
    });
  }
}

function freshValue<T>(sourced: Sourced<T>): T | undefined {
  return sourced.status === 'ok' ? sourced.value : undefined;
}
