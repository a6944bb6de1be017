import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { StatusError } from '../../model/StatusError';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { TokenToIssue } from '../../ports/TokenIssuer';
import type { BoundReferences } from './tokenClaims';

const podSchema = z.object({
  spec: z.object({
    serviceAccountName: z.string().optional(),
    nodeName: z.string().optional(),
  }),
});

const RESOURCES = { Pod: 'pods', Secret: 'secrets', Node: 'nodes' } as const;

const isBindable = (kind: string): kind is keyof typeof RESOURCES =>
  kind in RESOURCES;

const referenceTo = ({ metadata }: KubernetesObject) => ({
  name: metadata.name,
  uid: metadata.uid ?? '',
});

function getCore(
  objects: ClusterObjects,
  resource: string,
  key: { namespace?: string; name: string },
): KubernetesObject {
  const type = objects.typeAt('', 'v1', resource);
  if (type === undefined) {
    throw StatusError.notFound({ group: '', resource }, key.name);
  }
  return objects.get(type, key);
}

function findNode(objects: ClusterObjects, name: string) {
  const type = objects.typeAt('', 'v1', 'nodes');
  return type && objects.find(type, { name });
}

/**
 * The objects that a new token names.
 *
 * @throws StatusError 404 for an object that is not there, 400 for one that no
 * token can be bound to, 409 for one of the same name but another uid
 */
export function resolveBoundReferences(
  objects: ClusterObjects,
  { namespace, serviceAccount, boundTo }: TokenToIssue,
): BoundReferences {
  const owner = getCore(objects, 'serviceaccounts', {
    namespace,
    name: serviceAccount,
  });
  const references: BoundReferences = {
    namespace,
    serviceaccount: referenceTo(owner),
  };
  if (boundTo === undefined) {
    return references;
  }
  const { kind, apiVersion = 'v1', name, uid } = boundTo;
  if (apiVersion !== 'v1' || !isBindable(kind)) {
    const groupVersion = apiVersion.includes('/')
      ? apiVersion
      : `/${apiVersion}`;
    throw StatusError.badRequest(
      `cannot bind token to object of type ${groupVersion}, Kind=${kind}`,
    );
  }
  const bound = getCore(objects, RESOURCES[kind], {
    name,
    ...(kind === 'Node' ? {} : { namespace }),
  });
  if (uid !== undefined && uid !== '' && uid !== bound.metadata.uid) {
    throw StatusError.conflict(
      { group: '', resource: kind },
      name,
      `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`,
    );
  }
  if (kind !== 'Pod') {
    return { ...references, [kind.toLowerCase()]: referenceTo(bound) };
  }
  const { spec } = podSchema.parse(bound);
  if ((spec.serviceAccountName ?? 'default') !== serviceAccount) {
    throw StatusError.badRequest(
      `cannot bind token for serviceaccount "${serviceAccount}" to pod running with different serviceaccount name.`,
    );
  }
  const node =
    spec.nodeName === undefined ? undefined : findNode(objects, spec.nodeName);
  return {
    ...references,
    pod: referenceTo(bound),
    ...(node === undefined ? {} : { node: referenceTo(node) }),
  };
}
