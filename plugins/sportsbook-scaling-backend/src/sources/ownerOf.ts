import {
  KubernetesObject,
  ObjectRef,
  objectRefOf,
  SCALED_OBJECT_ANNOTATIONS,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** Whose an object says it is. */
export interface ObjectOwner {
  object: ObjectRef;
  /** As it is written; undefined where the object names no entity. */
  entityRef: string | undefined;
}

/** Reads the annotation of a ScaledObject, or of the autoscaler to which KEDA copied it. */
export function ownerOf(object: KubernetesObject): ObjectOwner {
  const written =
    object.metadata.annotations?.[SCALED_OBJECT_ANNOTATIONS.entityRef]?.trim();
  return {
    object: objectRefOf(object),
    entityRef: written === '' ? undefined : written,
  };
}
