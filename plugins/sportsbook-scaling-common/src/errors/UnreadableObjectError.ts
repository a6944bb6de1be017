import {
  formatObjectRef,
  KubernetesObject,
  objectRefOf,
} from '../kubernetesObject';

/**
 * An object's fields have other types than its API promises, so that nothing
 * can be said about it: another version of the API, or a damaged answer.
 */
export class UnreadableObjectError extends Error {
  readonly name = 'UnreadableObjectError';
  readonly object: KubernetesObject;

  constructor(object: KubernetesObject, problems: string[]) {
    super(
      `${formatObjectRef(objectRefOf(object))} (${
        object.apiVersion
      }) cannot be read: ${problems.join(
        '; ',
      )}; check that the cluster's version of this API is supported`,
    );
    this.object = object;
  }
}
