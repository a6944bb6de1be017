import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { ageOf } from '../cells/since';
import { column, NAME, wide, type KindPrinter } from '../KindPrinter';

const node = z.object({
  spec: z.object({ unschedulable: z.boolean().nullish() }).nullish(),
  status: z
    .object({
      conditions: z
        .array(z.object({ type: z.string(), status: z.string() }))
        .nullish(),
      addresses: z
        .array(z.object({ type: z.string(), address: z.string() }))
        .nullish(),
      nodeInfo: z
        .object({
          kubeletVersion: z.string().default(''),
          osImage: z.string().default(''),
          kernelVersion: z.string().default(''),
          architecture: z.string().default(''),
          containerRuntimeVersion: z.string().default(''),
        })
        .nullish(),
    })
    .nullish()
    .transform(status => status ?? {}),
});

type Node = z.output<typeof node>;

export const nodePrinter: KindPrinter = {
  columns: [
    NAME,
    column('Status'),
    column('Roles'),
    column('Age'),
    column('Version'),
    wide('Internal-IP'),
    wide('External-IP'),
    wide('OS-Image'),
    wide('Kernel-Version'),
    wide('Container-Runtime'),
  ],
  row(object, nowMilliseconds) {
    const parsed = node.parse(object);
    const info = parsed.status.nodeInfo;
    return {
      cells: [
        object.metadata.name,
        statusText(parsed),
        rolesText(object),
        ageOf(object, nowMilliseconds),
        info?.kubeletVersion ?? '',
        addressText(parsed, 'InternalIP'),
        addressText(parsed, 'ExternalIP'),
        orUnknown(info?.osImage),
        kernelText(info?.kernelVersion, info?.architecture),
        orUnknown(info?.containerRuntimeVersion),
      ],
    };
  },
};

function statusText({ spec, status }: Node): string {
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  const words = [
    ready === undefined
      ? 'Unknown'
      : `${ready.status === 'True' ? '' : 'Not'}Ready`,
    ...(spec?.unschedulable === true ? ['SchedulingDisabled'] : []),
  ];
  return words.join(',');
}

const ROLE_PREFIX = 'node-role.kubernetes.io/';

function rolesText({ metadata }: KubernetesObject): string {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(
    ([key, value]) => {
      if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length) {
        return [key.slice(ROLE_PREFIX.length)];
      }
      return key === 'kubernetes.io/role' && value !== '' ? [value] : [];
    },
  );
  return roles.length === 0 ? '<none>' : [...new Set(roles)].sort().join(',');
}

function addressText({ status }: Node, type: string): string {
  return (
    status.addresses?.find(address => address.type === type)?.address ??
    '<none>'
  );
}

function kernelText(
  version: string | undefined,
  architecture: string | undefined,
): string {
  const kernel = orUnknown(version);
  return architecture ? `${kernel} (${architecture})` : kernel;
}

function orUnknown(text: string | undefined): string {
  return text ? text : '<unknown>';
}
