import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ScalingSnapshot,
  scalingTargetOf,
  sportsbookScalingReadPermission,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { SnapshotSubject } from './SnapshotSubject';

/** Snapshots of entities, for those who may see both. */
export class EntitySnapshots {
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  readonly #snapshots: {
    of(subject: SnapshotSubject): Promise<ScalingSnapshot>;
  };

  constructor(options: {
    catalog: CatalogService;
    permissions: PermissionsService;
    /** Shared by all viewers; asked only after the viewer was checked. */
    snapshots: { of(subject: SnapshotSubject): Promise<ScalingSnapshot> };
  }) {
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
    this.#snapshots = options.snapshots;
  }

  /**
   * @param entityRef - full ref, such as `component:default/odds-api`
   * @throws NotFoundError where there is no such entity, or none that the caller may see
   * @throws NotAllowedError without `sportsbook.scaling.read` for the entity
   * @throws InputError that names the annotations which the entity lacks
   */
  async of(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ScalingSnapshot> {
    const subject = await this.#authorizedSubject(entityRef, credentials);
    return await this.#snapshots.of(subject);
  }

  async #authorizedSubject(
    asked: string,
    credentials: BackstageCredentials,
  ): Promise<SnapshotSubject> {
    const entity = await this.#catalog.getEntityByRef(asked, { credentials });
    if (!entity) {
      throw new NotFoundError(
        `There is no entity '${asked}' that you may see. Check its ref, or ask its owner for access.`,
      );
    }
    const entityRef = stringifyEntityRef(entity);
    const [decision] = await this.#permissions.authorize(
      [{ permission: sportsbookScalingReadPermission, resourceRef: entityRef }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not see the scaling of '${entityRef}'. Ask those who run Backstage for '${sportsbookScalingReadPermission.name}'.`,
      );
    }
    const found = scalingTargetOf(entity);
    if (!found.ok) {
      throw new InputError(
        `Entity '${entityRef}' does not say where it runs: it lacks ${found.missing.join(
          ', ',
        )}. Add these annotations to its catalog-info.yaml.`,
      );
    }
    return { entityRef, target: found.target };
  }
}
