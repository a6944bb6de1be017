import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { isJsonRecord } from '../model/jsonRecord';

/** Parts of the metadata that the server keeps, so that they say nothing about intent. */
const SERVER_METADATA = [
  'managedFields',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'uid',
  'selfLink',
];

/** What somebody wants an object to be: all but status and what the server keeps. */
export function intentOf(object: KubernetesObject): Record<string, unknown> {
  const { status, metadata, ...rest } = object;
  return {
    ...rest,
    metadata: Object.fromEntries(
      Object.entries(metadata).filter(
        ([key]) => !SERVER_METADATA.includes(key),
      ),
    ),
  };
}

function step(path: string, key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key)
    ? `${path}.${key}`
    : `${path}[${JSON.stringify(key)}]`;
}

function differences(before: unknown, after: unknown, path: string): string[] {
  if (isJsonRecord(before) && isJsonRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap(key =>
      differences(before[key], after[key], step(path, key)),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      differences(before[index], after[index], `${path}[${index}]`),
    ).flat();
  }
  return before === after ? [] : [path];
}

/**
 * Paths at which two states of an object differ, such as
 * `.spec.template.spec.containers[0].image`. Status and what the server keeps
 * in the metadata do not count; values are never part of the answer.
 */
export function changedFields(
  live: KubernetesObject,
  desired: KubernetesObject,
): string[] {
  return differences(intentOf(live), intentOf(desired), '');
}
