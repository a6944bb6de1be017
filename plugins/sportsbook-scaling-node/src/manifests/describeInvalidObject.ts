import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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
  if (!isRecord(values)) {
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
  if (!isRecord(value)) {
    return ['there is no Kubernetes object here, but a bare value or a list'];
  }
  const metadata = value.metadata;
  if (metadata !== undefined && metadata !== null && !isRecord(metadata)) {
    return ['metadata is no map'];
  }
  const generated = isRecord(metadata) && 'generateName' in metadata;
  return [
    describeText(value.apiVersion, 'apiVersion'),
    describeText(value.kind, 'kind'),
    generated && metadata.name === undefined
      ? 'metadata.generateName cannot be applied a second time; give metadata.name'
      : describeText(
          isRecord(metadata) ? metadata.name : undefined,
          'metadata.name',
        ),
    isRecord(metadata) &&
    metadata.namespace !== undefined &&
    metadata.namespace !== null
      ? describeText(metadata.namespace, 'metadata.namespace')
      : undefined,
    ...(isRecord(metadata)
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
