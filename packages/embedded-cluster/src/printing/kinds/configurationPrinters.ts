import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { ageOf } from '../cells/since';
import { column, NAME, type KindPrinter } from '../KindPrinter';

/** Name and age alone. */
export const agePrinter: KindPrinter = {
  columns: [NAME, column('Age')],
  row: (object, nowMilliseconds) => ({
    cells: [object.metadata.name, ageOf(object, nowMilliseconds)],
  }),
};

/** Kinds that have no printer of their own. */
export const createdAtPrinter: KindPrinter = {
  columns: [NAME, column('Created At', 'date')],
  row: ({ metadata }) => ({
    cells: [metadata.name, metadata.creationTimestamp ?? null],
  }),
};

export const namespacePrinter: KindPrinter = {
  columns: [NAME, column('Status'), column('Age')],
  row(object, nowMilliseconds) {
    const { status } = z
      .object({ status: z.object({ phase: z.string().nullish() }).nullish() })
      .parse(object);
    return {
      cells: [
        object.metadata.name,
        status?.phase ?? '',
        ageOf(object, nowMilliseconds),
      ],
    };
  },
};

function sizeOf(object: KubernetesObject, field: string): number {
  const value = object[field];
  return typeof value === 'object' && value !== null
    ? Object.keys(value).length
    : 0;
}

export const configMapPrinter: KindPrinter = {
  columns: [NAME, column('Data'), column('Age')],
  row: (object, nowMilliseconds) => ({
    cells: [
      object.metadata.name,
      sizeOf(object, 'data') + sizeOf(object, 'binaryData'),
      ageOf(object, nowMilliseconds),
    ],
  }),
};

export const secretPrinter: KindPrinter = {
  columns: [NAME, column('Type'), column('Data'), column('Age')],
  row: (object, nowMilliseconds) => ({
    cells: [
      object.metadata.name,
      typeof object.type === 'string' ? object.type : '',
      sizeOf(object, 'data'),
      ageOf(object, nowMilliseconds),
    ],
  }),
};

const lease = z.object({
  spec: z.object({ holderIdentity: z.string().nullish() }).nullish(),
});

export const leasePrinter: KindPrinter = {
  columns: [NAME, column('Holder'), column('Age')],
  row: (object, nowMilliseconds) => ({
    cells: [
      object.metadata.name,
      lease.parse(object).spec?.holderIdentity ?? '',
      ageOf(object, nowMilliseconds),
    ],
  }),
};

const webhooks = z.object({ webhooks: z.array(z.unknown()).nullish() });

export const webhookConfigurationPrinter: KindPrinter = {
  columns: [NAME, column('Webhooks', 'integer'), column('Age')],
  row: (object, nowMilliseconds) => ({
    cells: [
      object.metadata.name,
      webhooks.parse(object).webhooks?.length ?? 0,
      ageOf(object, nowMilliseconds),
    ],
  }),
};

const claim = z.object({
  spec: z.object({
    storageClassName: z.string().nullish(),
    volumeName: z.string().nullish(),
    volumeMode: z.string().nullish(),
    volumeAttributesClassName: z.string().nullish(),
  }),
  status: z
    .object({
      phase: z.string().nullish(),
      accessModes: z.array(z.string()).nullish(),
      capacity: z.record(z.string(), z.string()).nullish(),
    })
    .nullish(),
});

const ACCESS_MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

export const persistentVolumeClaimPrinter: KindPrinter = {
  columns: [
    NAME,
    column('Status'),
    column('Volume'),
    column('Capacity'),
    column('Access Modes'),
    column('StorageClass'),
    column('VolumeAttributesClass'),
    column('Age'),
    column('VolumeMode', 'string', 1),
  ],
  row(object, nowMilliseconds) {
    const { spec, status } = claim.parse(object);
    const isBound = (spec.volumeName ?? '') !== '';
    return {
      cells: [
        object.metadata.name,
        object.metadata.deletionTimestamp === undefined
          ? status?.phase ?? ''
          : 'Terminating',
        spec.volumeName ?? '',
        isBound ? status?.capacity?.storage ?? '' : '',
        isBound
          ? (status?.accessModes ?? [])
              .map(mode => ACCESS_MODES[mode] ?? mode)
              .join(',')
          : '',
        spec.storageClassName ?? '',
        spec.volumeAttributesClassName ?? '<unset>',
        ageOf(object, nowMilliseconds),
        spec.volumeMode ?? '<unset>',
      ],
    };
  },
};

const quota = z.object({
  status: z
    .object({
      hard: z.record(z.string(), z.string()).nullish(),
      used: z.record(z.string(), z.string()).nullish(),
    })
    .nullish(),
});

export const resourceQuotaPrinter: KindPrinter = {
  columns: [NAME, column('Request'), column('Limit'), column('Age')],
  row(object, nowMilliseconds) {
    const { hard, used } = quota.parse(object).status ?? {};
    const text = (isLimit: boolean) =>
      Object.keys(hard ?? {})
        .filter(name => name.startsWith('limits.') === isLimit)
        .sort()
        .map(name => `${name}: ${used?.[name] ?? '0'}/${hard?.[name]}`)
        .join(', ');
    return {
      cells: [
        object.metadata.name,
        text(false),
        text(true),
        ageOf(object, nowMilliseconds),
      ],
    };
  },
};
