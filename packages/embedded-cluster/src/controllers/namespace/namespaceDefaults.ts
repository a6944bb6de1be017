import { StatusError } from '../../model/StatusError';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Controller } from '../../ports/Controller';
import type { ObjectKey } from '../../ports/ClusterObjects';
import {
  CONTROLLER_MANAGER,
  type ControllerContext,
} from '../foundation/ControllerContext';
import { createReconcilingController } from '../foundation/createReconcilingController';
import type { Informers } from '../foundation/Informer';
import { isNamespaceTerminating } from '../foundation/isNamespaceTerminating';
import { requireType } from '../../runtime/requireType';
import { sameValue } from '../foundation/sameValue';

const ROOT_CERTIFICATE = 'kube-root-ca.crt';
const DEFAULT_ACCOUNT = 'default';

/** Gives each namespace its ServiceAccount `default` and the certificate of the API server. */
export function createNamespaceDefaultsController(
  context: ControllerContext,
  informers: Informers,
  rootCertificate: string,
): Controller {
  return createReconcilingController({
    name: 'namespace-defaults-controller',
    context,
    informers,
    watches: [
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        concerns: ({ object }) => [object.metadata.name],
      },
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        concerns: ({ object }) => namespaceOf(object, DEFAULT_ACCOUNT),
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        concerns: ({ object }) => namespaceOf(object, ROOT_CERTIFICATE),
      },
    ],
    reconcile: key => reconcile(context, key, rootCertificate),
  });
}

function namespaceOf({ metadata }: KubernetesObject, name: string): string[] {
  return metadata.name === name && metadata.namespace !== undefined
    ? [metadata.namespace]
    : [];
}

function reconcile(
  { objects }: ControllerContext,
  key: ObjectKey,
  rootCertificate: string,
): void {
  const namespace = objects.find(requireType(objects, 'v1', 'Namespace'), key);
  if (
    namespace === undefined ||
    namespace.metadata.deletionTimestamp !== undefined
  ) {
    return;
  }
  ensure(objects, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: DEFAULT_ACCOUNT, namespace: key.name },
  });
  ensure(objects, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: ROOT_CERTIFICATE,
      namespace: key.name,
      annotations: {
        'kubernetes.io/description':
          'Certificate by which pods know the API server of this cluster.',
      },
    },
    data: { 'ca.crt': `${rootCertificate.trimEnd()}\n` },
  });
}

function ensure(
  objects: ControllerContext['objects'],
  wanted: KubernetesObject,
): void {
  const type = requireType(objects, wanted.apiVersion, wanted.kind);
  const present = objects.find(type, wanted.metadata);
  try {
    if (present === undefined) {
      objects.create(type, wanted, { manager: CONTROLLER_MANAGER });
    } else if (!sameValue(present.data, wanted.data)) {
      objects.update(
        type,
        wanted.metadata,
        { ...present, data: wanted.data },
        { manager: CONTROLLER_MANAGER },
      );
    }
  } catch (error) {
    if (isNamespaceTerminating(error) || isAlreadyThere(error)) {
      return;
    }
    throw error;
  }
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof StatusError && error.reason === 'AlreadyExists';
}
