import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { isJsonRecord } from '../model/jsonRecord';

function describeText(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === '') {
    return `${field} is missing`;
  }
  if (typeof value !== 'string') {
    return `${field} is ${JSON.stringify(
      value,
    )}, which is no text; put it in quotes`;
  }
  return undefined;
}

function describeTexts(values: unknown, field: string): string[] {
  if (values === undefined || values === null) {
    return [];
  }
  if (!isJsonRecord(values)) {
    return [`${field} is no map`];
  }
  return Object.entries(values)
    .filter(([, value]) => typeof value !== 'string')
    .map(
      ([key, value]) =>
        `${field}.${key} is ${JSON.stringify(
          value,
        )}, which is no text; put it in quotes`,
    );
}

/** Everything that keeps a parsed value from being a Kubernetes object; empty: nothing does. */
export function describeInvalidObject(value: unknown): string[] {
  if (!isJsonRecord(value)) {
    return ['there is no Kubernetes object here, but a bare value or a list'];
  }
  const metadata = value.metadata;
  if (metadata !== undefined && metadata !== null && !isJsonRecord(metadata)) {
    return ['metadata is no map'];
  }
  const generated = isJsonRecord(metadata) && 'generateName' in metadata;
  return [
    describeText(value.apiVersion, 'apiVersion'),
    describeText(value.kind, 'kind'),
    generated && metadata.name === undefined
      ? 'metadata.generateName cannot be applied a second time; give metadata.name'
      : describeText(
          isJsonRecord(metadata) ? metadata.name : undefined,
          'metadata.name',
        ),
    isJsonRecord(metadata) &&
    metadata.namespace !== undefined &&
    metadata.namespace !== null
      ? describeText(metadata.namespace, 'metadata.namespace')
      : undefined,
    ...(isJsonRecord(metadata)
      ? [
          ...describeTexts(metadata.labels, 'metadata.labels'),
          ...describeTexts(metadata.annotations, 'metadata.annotations'),
        ]
      : []),
  ].filter(problem => problem !== undefined);
}

/** Whether {@link describeInvalidObject} finds nothing. */
export function isKubernetesObject(value: unknown): value is KubernetesObject {
  return describeInvalidObject(value).length === 0;
}
