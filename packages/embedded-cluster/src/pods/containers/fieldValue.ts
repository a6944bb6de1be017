import { parseQuantity } from '@sportsbook/plugin-sportsbook-scaling-common';
import { NODE_NAME } from '../../model/names';
import type { Container, PodObject } from '../podObject';
import { HOST_ADDRESS } from '../status/podStatus';
import { machineCapacity } from '../node/machineCapacity';
import { ownMember } from '../../model/ownMember';

/** What the downward API gives for a field path. @throws Error for a path that it has not */
export function fieldValue(
  { metadata, spec }: PodObject,
  podIP: string,
  path: string,
): string {
  const keyed = /^metadata\.(labels|annotations)\['([^']*)'\]$/.exec(path);
  if (keyed) {
    const [, map, key] = keyed;
    return (
      ownMember(
        map === 'labels' ? metadata.labels : metadata.annotations,
        key,
      ) ?? ''
    );
  }
  const values: Record<string, string> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'metadata.labels': lines(metadata.labels),
    'metadata.annotations': lines(metadata.annotations),
    'spec.nodeName': spec.nodeName ?? NODE_NAME,
    'spec.serviceAccountName': spec.serviceAccountName,
    'status.hostIP': HOST_ADDRESS,
    'status.hostIPs': HOST_ADDRESS,
    'status.podIP': podIP,
    'status.podIPs': podIP,
  };
  if (!Object.hasOwn(values, path)) {
    throw new Error(`unsupported fieldPath: ${path}`);
  }
  return values[path];
}

function lines(map: Readonly<Record<string, string>>): string {
  return Object.keys(map)
    .sort()
    .map(key => `${key}=${JSON.stringify(map[key])}`)
    .join('\n');
}

/** A request or limit in units of the divisor, rounded up; limits that are not set are the node's own. */
export function resourceValue(
  { resources }: Container,
  { resource, divisor }: { resource: string; divisor: string | number },
): string {
  const [kind, name] = resource.split('.', 2);
  const own =
    kind === 'limits'
      ? resources.limits?.[name] ?? machineCapacity()[name]
      : resources.requests?.[name] ?? resources.limits?.[name] ?? '0';
  if ((kind !== 'limits' && kind !== 'requests') || own === undefined) {
    throw new Error(`unsupported container resource: ${resource}`);
  }
  const unit = parseQuantity(String(divisor));
  return String(
    Math.ceil(parseQuantity(String(own)) / (unit === 0 ? 1 : unit)),
  );
}
