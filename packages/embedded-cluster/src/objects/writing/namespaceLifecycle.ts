import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { qualifiedResource, StatusError } from '../../model/StatusError';
import type { ResourceType } from '../../model/ResourceType';
import type { Machinery } from './Machinery';

const NAMESPACES = '/namespaces';

/**
 * New objects need a namespace that is there and stays.
 * @throws StatusError 404, or 403 while the namespace is being terminated
 */
export function checkNamespace(
  { store }: Machinery,
  type: ResourceType,
  { metadata }: KubernetesObject,
): void {
  if (!type.namespaced) {
    return;
  }
  const name = metadata.namespace ?? '';
  const namespace = store.get(NAMESPACES, undefined, name);
  if (!namespace) {
    throw StatusError.notFound({ group: '', resource: 'namespaces' }, name);
  }
  if (namespace.metadata.deletionTimestamp !== undefined) {
    const resource = { group: type.group, resource: type.plural };
    throw new StatusError({
      code: 403,
      reason: 'Forbidden',
      message: `${qualifiedResource(resource)} "${
        metadata.name
      }" is forbidden: unable to create new content in namespace ${name} because it is being terminated`,
      details: {
        name: metadata.name,
        ...(type.group === '' ? {} : { group: type.group }),
        kind: type.plural,
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${name} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      },
    });
  }
}
