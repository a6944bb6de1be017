import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ObjectStore } from '../store/ObjectStore';
import type { WriteOptions } from '../../ports/ClusterObjects';
import type { FieldErrors } from '../validating/FieldErrors';
import type { NameRule } from '../validating/names';

/** Which changes make `metadata.generation` rise. */
export type GenerationRule =
  | 'none'
  | 'spec'
  /** Placing a pod is no change of what it is to be. */
  | 'specButNode'
  | 'specAndAnnotations'
  /** Everything but metadata and status. */
  | 'all';

export interface AllocationContext {
  store: ObjectStore;
  errors: FieldErrors;
}

/** What the API server knows of one kind beyond its schema. */
export interface KindRules {
  /** Default: a DNS subdomain. */
  nameRule?: NameRule;
  /** Default `none`. */
  generation?: GenerationRule;
  /** False where a PUT must name the resourceVersion. Default true. */
  unconditionalUpdate?: boolean;
  /** Fields of a new object that only the cluster writes. Default: `status` of kinds that have the subresource. */
  keepsStatusOnCreate?: boolean;
  /** Whether a PUT makes the object where it is not there. Default false. */
  createsOnUpdate?: boolean;
  /** Fills in what the manifest leaves out; the object may be changed. */
  defaults?(object: KubernetesObject): void;
  /**
   * Lists and times that Go writes as null where there are none: when an
   * object is read, and again when it is stored.
   *
   * @param sent - as the client sent it, whose empty lists are no nulls until
   * they are stored; absent when the object is stored
   */
  addNulls?(object: KubernetesObject, sent?: KubernetesObject): void;
  /** Before validation of a new object, which may be changed. */
  prepareCreate?(object: KubernetesObject): void;
  /** Before validation of a changed object, which may be changed. */
  prepareUpdate?(
    object: KubernetesObject,
    old: KubernetesObject,
    subresource: WriteOptions['subresource'],
  ): void;
  /** What holds a deleted object beside its finalizers. */
  isHeld?(object: KubernetesObject): boolean;
  /** Gives a valid object what only one object of the cluster may have, such as ports. */
  allocate?(
    object: KubernetesObject,
    old: KubernetesObject | undefined,
    context: AllocationContext,
  ): void;
  validate?(object: KubernetesObject, errors: FieldErrors): void;
  /** In addition to `validate`, for changes. */
  validateUpdate?(
    object: KubernetesObject,
    old: KubernetesObject,
    errors: FieldErrors,
  ): void;
}
