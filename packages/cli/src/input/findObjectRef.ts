import { InputError } from '@backstage/errors';
import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ApiCatalog,
  apiGroupOf,
  ApiResource,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { ObjectName } from './parseObjectName';

const groupOf = ({ apiVersion }: ApiResource) => apiGroupOf(apiVersion);

/**
 * What a name means on a cluster, by what it serves.
 *
 * @throws InputError where nothing, or more than one API group, has the kind
 */
export function findObjectRef(
  { kind, group, name }: ObjectName,
  options: { catalog: ApiCatalog; cluster: string; namespace: string },
): ObjectRef {
  const wanted = kind.toLowerCase();
  const found = options.catalog
    .resources()
    .filter(
      resource =>
        [resource.kind.toLowerCase(), resource.plural].includes(wanted) &&
        (group === undefined || groupOf(resource) === group),
    );
  const groups = [...new Set(found.map(groupOf))];
  if (found.length === 0) {
    throw new InputError(
      `Cluster '${options.cluster}' serves no kind '${kind}${
        group === undefined ? '' : `.${group}`
      }'. Correct the name, or install what brings the kind.`,
    );
  }
  if (groups.length > 1) {
    throw new InputError(
      `More than one kind of cluster '${
        options.cluster
      }' is called '${kind}'. Say which: ${groups
        .map(one => `${kind}${one === '' ? '' : `.${one}`}/${name}`)
        .join(', ')}.`,
    );
  }
  const [resource] = found;
  return {
    apiVersion: resource.apiVersion,
    kind: resource.kind,
    name,
    ...(resource.namespaced ? { namespace: options.namespace } : {}),
  };
}
