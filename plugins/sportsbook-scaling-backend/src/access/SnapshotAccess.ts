import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import {
  formatObjectRef,
  SCALED_OBJECT_ANNOTATIONS,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { ClusterSettings } from '@sportsbook/plugin-sportsbook-scaling-node';
import { SnapshotSubject } from '../SnapshotSubject';
import { ObjectOwner } from '../sources/ownerOf';
import { ReadMode, readReadMode } from './readReadMode';
import { Refusal } from './Refusal';

const ANNOTATION = SCALED_OBJECT_ANNOTATIONS.entityRef;

/**
 * What may be shown of a cluster on an entity's page.
 *
 * @remarks
 * Whoever may see an entity is decided before, by the catalog and the
 * permission policy. That says nothing about the object: its name comes from
 * the entity's annotations, which are written by whoever registers the entity.
 * So the object itself has to agree.
 */
export class SnapshotAccess {
  readonly #clusters: ClusterSettings;
  readonly #read: ReadMode;

  private constructor(options: { clusters: ClusterSettings; read: ReadMode }) {
    this.#clusters = options.clusters;
    this.#read = options.read;
  }

  /** @throws InputError that names the key whose value cannot be used */
  static fromConfig(config: Config): SnapshotAccess {
    return new SnapshotAccess({
      clusters: ClusterSettings.fromConfig(config),
      read: readReadMode(config),
    });
  }

  /** Undefined where the cluster may be asked with its configured credential. */
  clusterRefusal(cluster: string): Refusal | undefined {
    const { access, snapshotAccess } = this.#clusters.for(cluster);
    return snapshotAccess === 'sharedAccount'
      ? undefined
      : {
          reason: `There is no account to look at scaling with on cluster ${cluster}: sportsbookScaling.clusters has 'access: ${access}' and 'snapshotAccess: ${snapshotAccess}' for it.`,
          nextStep: `Have a credential that can only read configured for ${cluster} in the kubernetes plugin, then set 'snapshotAccess: sharedAccount' for the cluster.`,
        };
  }

  /** Undefined where the object may be shown on the entity's page. */
  objectRefusal(
    { entityRef, target }: SnapshotSubject,
    owner: ObjectOwner,
  ): Refusal | undefined {
    const what = `${formatObjectRef(owner.object)} on cluster ${
      target.cluster
    }`;
    if (owner.entityRef === undefined) {
      return this.#read === 'everyone'
        ? undefined
        : {
            reason: `${what} does not say which entity it belongs to, and with 'sportsbookScaling.permissions.read: owners' it is not shown until it does.`,
            nextStep: `If it belongs to ${entityRef}, annotate the ScaledObject with '${ANNOTATION}: ${entityRef}'.`,
          };
    }
    return isRefOf(owner.entityRef, entityRef)
      ? undefined
      : {
          reason: `${what} belongs to '${owner.entityRef}', as its annotation ${ANNOTATION} says, and not to ${entityRef}.`,
          nextStep: `Look at the page of '${owner.entityRef}'; or if it belongs to ${entityRef}, annotate the ScaledObject with '${ANNOTATION}: ${entityRef}'.`,
        };
  }
}

/** @param entityRef - as the catalog writes it */
function isRefOf(written: string, entityRef: string): boolean {
  try {
    return stringifyEntityRef(parseEntityRef(written)) === entityRef;
  } catch {
    // No ref at all, so not this one.
    return false;
  }
}
