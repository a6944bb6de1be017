import {
  EMBEDDED_CLUSTER,
  groupKindOf,
  ObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { DeletedObject } from '../../apply/deleteObjects';
import { ClusterForbiddenError } from '../../errors/ClusterForbiddenError';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { findInstalled, InstalledObject } from '../findInstalled';
import { PlatformReach } from '../PlatformReport';
import { findUsers } from './findUsers';
import { namespaceContents } from './namespaceContents';

const NAMES_SHOWN = 20;

function listNames(names: string[]): string {
  const more = names.length - NAMES_SHOWN;
  return `${names.slice(0, NAMES_SHOWN).join(', ')}${
    more > 0 ? ` and ${more} more` : ''
  }`;
}

/** What a removal would delete, and what speaks against it. Nothing has been changed. */
export interface RemovalPlan {
  objects: DeletedObject[];
  /** One sentence each, with the next step and without a full stop. */
  refusals: string[];
}

/** KEDA makes these itself; where its namespace is somebody else's they would stay. */
function leftovers(installed: InstalledObject[]): ObjectRef[] {
  const owned = new Set(
    installed
      .filter(({ object }) => groupKindOf(object) === '/Namespace')
      .map(({ object }) => object.metadata.name),
  );
  const namespaces = new Set(
    installed
      .filter(
        ({ component, object }) =>
          component === 'keda' && groupKindOf(object) === 'apps/Deployment',
      )
      .map(({ object }) => object.metadata.namespace ?? ''),
  );
  return [...namespaces]
    .filter(namespace => !owned.has(namespace))
    .flatMap(namespace => [
      { apiVersion: 'v1', kind: 'Secret', name: 'kedaorg-certs', namespace },
      {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        name: 'operator.keda.sh',
        namespace,
      },
    ]);
}

/**
 * Finds what `platform:install` has made and whether anybody needs it.
 *
 * @throws ClusterForbiddenError where it cannot be told what there is
 */
export async function planRemoval(options: {
  client: KubernetesClient;
  reach: PlatformReach;
  signal?: AbortSignal;
}): Promise<RemovalPlan & { leftovers: ObjectRef[] }> {
  const { client, reach, signal } = options;
  const { gitVersion } = await client.version({ signal });
  if (gitVersion.endsWith(EMBEDDED_CLUSTER.versionSuffix)) {
    return {
      objects: [],
      leftovers: [],
      refusals: [
        'the embedded cluster has operator and KEDA built in; they go with the cluster',
      ],
    };
  }
  const installed = await findInstalled({ client, reach, signal });
  const refusals: string[] = [];
  const { users, unreadable } = await findUsers({
    client,
    installed,
    reach,
    signal,
  });
  if (unreadable.length > 0) {
    refusals.push(
      `whether anybody needs it cannot be told: ${unreadable.join(
        '; ',
      )}; let the account list these kinds`,
    );
  }
  if (users.length > 0) {
    refusals.push(
      `${users.length} ${
        users.length === 1 ? 'object needs' : 'objects need'
      } it: ${listNames(users)}; remove their services first`,
    );
  }
  const catalog = await client.discover({ fresh: true, signal });
  for (const { object } of installed) {
    if (groupKindOf(object) === '/Namespace') {
      const { name } = object.metadata;
      try {
        const contents = await namespaceContents({
          client,
          catalog,
          namespace: name,
          signal,
        });
        if (contents.length > 0) {
          refusals.push(
            `namespace ${name} would go with what people have put there: ${listNames(
              contents,
            )}; move it, or delete it first`,
          );
        }
      } catch (error) {
        if (!(error instanceof ClusterForbiddenError)) {
          throw error;
        }
        refusals.push(
          `what people have put into namespace ${name} cannot be told: ${error.message}; let the account list everything there`,
        );
      }
    }
  }
  return {
    objects: installed.map(({ object }) => ({
      ref: objectRefOf(object),
      uid: object.metadata.uid,
    })),
    leftovers: leftovers(installed),
    refusals,
  };
}
