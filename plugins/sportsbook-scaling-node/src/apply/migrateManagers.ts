import {
  FIELD_MANAGER,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import {
  JsonPatchOperation,
  KubernetesClient,
} from '../ports/KubernetesClient';
import { fieldsOwnedBy } from './fieldOwnership';
import { dropFields, FieldsV1, uniteFields } from './fieldSets';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const entrySchema = z
  .object({
    manager: z.string().optional(),
    operation: z.enum(['Apply', 'Update']),
    subresource: z.string().optional(),
    apiVersion: z.string().optional(),
    fieldsV1: z.record(z.unknown()).default({}),
  })
  .passthrough();

type ManagerEntry = z.output<typeof entrySchema>;

/** How the fields of other managers become ours. */
export interface Migration {
  /** Managers that the object really has. */
  managers: string[];
  /** Patch that hands their fields to us, and only as long as the object has not changed. */
  patch: JsonPatchOperation[];
  /** What they own. */
  handedOver: FieldsV1;
  /** What those own that keep their fields. */
  kept: FieldsV1[];
}

function entriesOf(object: KubernetesObject): ManagerEntry[] {
  const parsed = z
    .array(entrySchema)
    .safeParse(object.metadata.managedFields ?? []);
  return parsed.success ? parsed.data : [];
}

function isOurs(entry: ManagerEntry): boolean {
  return (
    entry.manager === FIELD_MANAGER &&
    entry.operation === 'Apply' &&
    entry.subresource === undefined
  );
}

/**
 * What has to be done so that the fields of `managers` become ours; undefined:
 * they own none.
 *
 * @remarks
 * To force instead would make us a further owner: a field that the manifest
 * dropped would stay, because its first owner still wants it. What a manager
 * wrote through a subresource, such as the replicas of a scaling, is left.
 */
export function planMigration(
  live: KubernetesObject,
  managers: readonly string[],
): Migration | undefined {
  const entries = entriesOf(live);
  const migrated = entries.filter(
    entry =>
      entry.subresource === undefined &&
      entry.manager !== undefined &&
      managers.includes(entry.manager) &&
      !isOurs(entry),
  );
  if (migrated.length === 0) {
    return undefined;
  }
  const ours = entries.find(isOurs);
  const others = entries.filter(
    entry => entry !== ours && !migrated.includes(entry),
  );
  const handedOver = uniteFields(migrated.map(({ fieldsV1 }) => fieldsV1));
  const isClientSide = live.metadata.annotations?.[LAST_APPLIED] !== undefined;
  return {
    managers: [...new Set(migrated.map(({ manager }) => manager ?? ''))],
    handedOver,
    kept: others.map(({ fieldsV1 }) => fieldsV1),
    patch: [
      {
        op: 'replace',
        path: '/metadata/managedFields',
        value: [
          ...others,
          {
            ...(ours ?? migrated[0]),
            manager: FIELD_MANAGER,
            operation: 'Apply',
            fieldsV1: uniteFields([
              ...(ours === undefined ? [] : [ours.fieldsV1]),
              handedOver,
            ]),
          },
        ],
      },
      // kubectl would take it for the last word about the object.
      ...(isClientSide
        ? [
            {
              op: 'remove' as const,
              path: `/metadata/annotations/${LAST_APPLIED.replaceAll(
                '/',
                '~1',
              )}`,
            },
          ]
        : []),
      // Replacing it by what it is makes the server refuse if it is another by now.
      {
        op: 'replace',
        path: '/metadata/resourceVersion',
        value: live.metadata.resourceVersion,
      },
    ],
  };
}

/** Makes one part of an object what it is to be; nothing where both have none. */
function patchPart(
  path: string,
  live: unknown,
  wanted: unknown,
): JsonPatchOperation[] {
  if (wanted !== undefined) {
    return [{ op: 'add', path, value: wanted }];
  }
  return live === undefined ? [] : [{ op: 'remove', path }];
}

/** What makes the live object the one that is wanted, apart from who owns what. */
function patchTo(
  live: KubernetesObject,
  wanted: KubernetesObject,
): JsonPatchOperation[] {
  const keys = new Set([...Object.keys(live), ...Object.keys(wanted)]);
  const contents = [...keys].filter(
    key => !['apiVersion', 'kind', 'metadata', 'status'].includes(key),
  );
  return [
    ...contents.flatMap(key => patchPart(`/${key}`, live[key], wanted[key])),
    ...['labels', 'annotations', 'finalizers'].flatMap(key =>
      patchPart(`/metadata/${key}`, live.metadata[key], wanted.metadata[key]),
    ),
  ];
}

/**
 * What the object will be after the migration and the apply that follows.
 *
 * @remarks
 * The server cannot try two calls in a row. So what the apply makes of it comes
 * from one dry run, the fields that nobody wants any more are taken out here,
 * and a second dry run has the server fill in its defaults.
 */
export async function tryMigration(options: {
  client: KubernetesClient;
  live: KubernetesObject;
  migration: Migration;
  /** What the server makes of the apply alone. */
  tried: KubernetesObject;
  signal?: AbortSignal;
}): Promise<KubernetesObject> {
  const { client, live, migration, tried, signal } = options;
  const after = dropFields(tried, {
    dropped: migration.handedOver,
    kept: [...migration.kept, fieldsOwnedBy(tried, FIELD_MANAGER) ?? {}],
  });
  const { [LAST_APPLIED]: _, ...annotations } =
    after.metadata.annotations ?? {};
  const wanted = {
    ...after,
    metadata: {
      ...after.metadata,
      annotations:
        Object.keys(annotations).length === 0 ? undefined : annotations,
    },
  };
  return client.patchJson(objectRefOf(live), patchTo(live, wanted), {
    dryRun: true,
    signal,
  });
}

/** Hands the fields over; rejects with a conflict where the object has changed meanwhile. */
export async function migrateManagers(options: {
  client: KubernetesClient;
  live: KubernetesObject;
  migration: Migration;
  signal?: AbortSignal;
}): Promise<KubernetesObject> {
  const { client, live, migration, signal } = options;
  return client.patchJson(objectRefOf(live), migration.patch, { signal });
}
