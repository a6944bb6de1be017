import {
  AutoscalerView,
  KubernetesObject,
  ObjectRef,
  readAutoscaler,
  readScaledObject,
  readScalingEvents,
  readWorkload,
  ScaledObjectView,
  ScalingEvent,
  ScalingTarget,
  WorkloadView,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { KubernetesClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { ObjectOwner, ownerOf } from './ownerOf';
import { fieldSelector } from './fieldSelector';
import { notSeen, Observation, seen } from './Observation';
import { scaleTargetRef } from './scaleTargetRef';

/** KEDA sets it on the autoscaler that it makes. */
const SCALED_OBJECT_LABEL = 'scaledobject.keda.sh/name';

export interface SeenScaledObject {
  owner: ObjectOwner;
  view: ScaledObjectView;
  scaleTarget: ObjectRef | undefined;
}

export interface SeenAutoscaler {
  owner: ObjectOwner;
  view: AutoscalerView;
  scaleTarget: ObjectRef | undefined;
}

/** What a cluster says about one scaling target, question by question. */
export class ClusterSources {
  readonly #client: KubernetesClient;
  readonly #target: ScalingTarget;

  constructor(client: KubernetesClient, target: ScalingTarget) {
    this.#client = client;
    this.#target = target;
  }

  async scaledObject(
    signal: AbortSignal,
  ): Promise<Observation<SeenScaledObject>> {
    const { namespace, scaledObject: name, cluster } = this.#target;
    const object = await this.#client.get(
      { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', namespace, name },
      { signal },
    );
    return object
      ? seen({
          owner: ownerOf(object),
          view: readScaledObject(object),
          scaleTarget: scaleTargetRef(object),
        })
      : notSeen(
          'absent',
          `There is no ScaledObject ${namespace}/${name} on cluster ${cluster}. Apply the service's manifests, or correct the entity's annotations.`,
        );
  }

  /**
   * The autoscaler by the name that KEDA reports, or by KEDA's label while no
   * ScaledObject is there to report one.
   */
  async autoscaler(
    hpaName: string | undefined,
    signal: AbortSignal,
  ): Promise<Observation<SeenAutoscaler>> {
    const { namespace, scaledObject, cluster } = this.#target;
    const kind = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
    };
    const object =
      hpaName === undefined
        ? await this.#labelled(kind, signal)
        : await this.#client.get(
            { ...kind, namespace, name: hpaName },
            { signal },
          );
    return object
      ? seen({
          owner: ownerOf(object),
          view: readAutoscaler(object),
          scaleTarget: scaleTargetRef(object),
        })
      : notSeen(
          'absent',
          `KEDA has made no HorizontalPodAutoscaler for ScaledObject ${namespace}/${scaledObject} on cluster ${cluster}, or has removed it. Look at the ScaledObject's conditions.`,
        );
  }

  async #labelled(
    kind: { apiVersion: string; kind: string },
    signal: AbortSignal,
  ): Promise<KubernetesObject | undefined> {
    const { namespace, scaledObject } = this.#target;
    const { items } = await this.#client.list(kind, {
      namespace,
      labelSelector: `${SCALED_OBJECT_LABEL}=${scaledObject}`,
      signal,
    });
    return items.at(0);
  }

  async workload(
    ref: ObjectRef,
    signal: AbortSignal,
  ): Promise<Observation<WorkloadView>> {
    const object = await this.#client.get(ref, { signal });
    return object
      ? seen(readWorkload(object))
      : notSeen(
          'absent',
          `There is no ${ref.kind} ${ref.namespace}/${ref.name} on cluster ${
            this.#target.cluster
          }, so nothing is scaled. Apply the service's manifests.`,
        );
  }

  /** Events of those objects whose names are known. */
  async events(
    names: { hpaName?: string; scaleTarget?: ObjectRef },
    signal: AbortSignal,
  ): Promise<Observation<ScalingEvent[]>> {
    const { scaledObject } = this.#target;
    const { hpaName, scaleTarget } = names;
    const [hpaEvents, scaledObjectEvents, deploymentEvents] = await Promise.all(
      [
        this.#eventsOf('HorizontalPodAutoscaler', hpaName, signal),
        this.#eventsOf('ScaledObject', scaledObject, signal),
        this.#eventsOf(
          scaleTarget?.kind ?? 'Deployment',
          scaleTarget?.name,
          signal,
        ),
      ],
    );
    return seen(
      readScalingEvents({ hpaEvents, scaledObjectEvents, deploymentEvents }),
    );
  }

  async #eventsOf(
    kind: string,
    name: string | undefined,
    signal: AbortSignal,
  ): Promise<KubernetesObject[]> {
    if (name === undefined) {
      return [];
    }
    const { items } = await this.#client.list(
      { apiVersion: 'v1', kind: 'Event' },
      {
        namespace: this.#target.namespace,
        fieldSelector: fieldSelector({
          'involvedObject.kind': kind,
          'involvedObject.name': name,
        }),
        signal,
      },
    );
    return items;
  }
}
