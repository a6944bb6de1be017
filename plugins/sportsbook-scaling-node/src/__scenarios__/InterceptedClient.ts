import {
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ApplyOptions,
  ApplyResult,
  DeleteOptions,
  KubernetesClient,
} from '../ports/KubernetesClient';

export interface Interceptors {
  /** In place of an apply that is no dry run; `pass` makes it. */
  write?: (
    object: KubernetesObject,
    pass: () => Promise<ApplyResult>,
  ) => Promise<ApplyResult>;
  /** In place of a dry run of an apply. */
  dryRun?: (
    object: KubernetesObject,
    pass: () => Promise<ApplyResult>,
  ) => Promise<ApplyResult>;
  /** In place of a deletion that is no dry run. */
  remove?: (
    ref: ObjectRef,
    pass: () => Promise<'deleted' | 'absent'>,
  ) => Promise<'deleted' | 'absent'>;
}

/** A client with somebody in between: a lost connection, or another writer at the worst moment. */
export function interceptedClient(
  client: KubernetesClient,
  { write, dryRun, remove }: Interceptors,
): KubernetesClient {
  const apply = (object: KubernetesObject, options: ApplyOptions = {}) => {
    const pass = () => client.apply(object, options);
    const between = options.dryRun ? dryRun : write;
    return between === undefined ? pass() : between(object, pass);
  };
  const deleteObject = (ref: ObjectRef, options: DeleteOptions = {}) => {
    const pass = () => client.delete(ref, options);
    return remove === undefined || options.dryRun ? pass() : remove(ref, pass);
  };
  return new Proxy(client, {
    get(target, name) {
      if (name === 'apply') {
        return apply;
      }
      if (name === 'delete') {
        return deleteObject;
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
