import {
  formatObjectRef,
  groupKindOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { resourcesOfDefinition } from '../../apply/resolveObjects';
import { mapInFlight } from '../../apply/mapInFlight';
import { ApiNotInstalledError } from '../../errors/ApiNotInstalledError';
import { ClusterForbiddenError } from '../../errors/ClusterForbiddenError';
import { KubernetesClient } from '../../ports/KubernetesClient';
import { KEDA_DEFINITIONS, OPERATOR_DEFINITIONS } from '../definitionNames';
import { InstalledObject } from '../findInstalled';
import { PlatformReach } from '../PlatformReport';

interface Kind {
  apiVersion: string;
  kind: string;
}

/** Kinds that lose whoever looks after them, or are deleted with their definitions. */
function usedKinds(installed: InstalledObject[]): Kind[] {
  const kinds = new Map<string, Kind>();
  const add = ({ apiVersion, kind }: Kind) =>
    kinds.set(groupKindOf({ apiVersion, kind }), { apiVersion, kind });
  for (const { component, object } of installed) {
    (component === 'keda' ? KEDA_DEFINITIONS : OPERATOR_DEFINITIONS).forEach(
      add,
    );
    resourcesOfDefinition(object).forEach(add);
  }
  return [...kinds.values()];
}

/**
 * Objects of anybody that need what is about to be removed.
 *
 * @returns their names, and the kinds that may not be listed: nobody may be told
 *   that there are none
 */
export async function findUsers(options: {
  client: KubernetesClient;
  installed: InstalledObject[];
  reach: PlatformReach;
  signal?: AbortSignal;
}): Promise<{ users: string[]; unreadable: string[] }> {
  const { client, installed, reach, signal } = options;
  const namespace = reach === 'cluster' ? undefined : reach.namespace;
  const unreadable: string[] = [];
  const lists = await mapInFlight(usedKinds(installed), async kind => {
    try {
      const { items } = await client.list(kind, { namespace, signal });
      return items.map(({ metadata }) =>
        formatObjectRef({
          ...kind,
          name: metadata.name,
          namespace: metadata.namespace,
        }),
      );
    } catch (error) {
      if (error instanceof ApiNotInstalledError) {
        return [];
      }
      if (error instanceof ClusterForbiddenError) {
        unreadable.push(error.message);
        return [];
      }
      throw error;
    }
  });
  return { users: lists.flat().sort(), unreadable };
}
