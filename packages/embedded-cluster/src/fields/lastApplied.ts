import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiVersionOf, type ResourceType } from '../model/ResourceType';
import { compareValues } from './compareValues';
import type { FieldSet } from './FieldSet';
import { findTypeErrors } from './findTypeErrors';
import { goJson } from './goJson';

import { mergeTypeOf } from './mergeType';
import { toFieldSet } from './toFieldSet';
import { isRecord } from '../model/jsonRecord';

/** Where `kubectl apply` without `--server-side` keeps what it applied. */
const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';
const ANNOTATIONS_LIMIT_BYTES = 256 * 1024;

/**
 * The fields that a client-side apply set and that are still as it set them:
 * its user may take them over by a server-side apply without a conflict.
 *
 * @returns undefined where there was no client-side apply of this version
 */
export function allowedByLastApplied(
  type: ResourceType,
  live: KubernetesObject,
): FieldSet | undefined {
  const text = live.metadata.annotations?.[ANNOTATION];
  const last = text === undefined ? undefined : parse(text);
  if (!isRecord(last) || last.apiVersion !== apiVersionOf(type)) {
    return undefined;
  }
  const mergeType = mergeTypeOf(type.schema);
  if (findTypeErrors(mergeType, last, false).length > 0) {
    return undefined;
  }
  const { modified, added, removed } = compareValues(mergeType, last, live);
  return toFieldSet(mergeType, last)
    .difference(modified)
    .difference(added)
    .difference(removed);
}

/** Keeps the annotation true where there is one, so that both ways of applying can be mixed. */
export function withLastApplied(
  object: KubernetesObject,
  applied: KubernetesObject,
): KubernetesObject {
  const { annotations } = object.metadata;
  if (!annotations?.[ANNOTATION]) {
    return object;
  }
  const { [ANNOTATION]: _old, ...others } = annotations;
  const text = `${goJson(withoutAnnotation(applied))}\n`;
  const next = { ...others, [ANNOTATION]: text };
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: sizeOf(next) > ANNOTATIONS_LIMIT_BYTES ? others : next,
    },
  };
}

function withoutAnnotation(applied: KubernetesObject): unknown {
  const { annotations, ...metadata } = applied.metadata;
  const { [ANNOTATION]: _old, ...others } = annotations ?? {};
  return sortKeys({
    ...applied,
    metadata: {
      ...metadata,
      ...(Object.keys(others).length === 0 ? {} : { annotations: others }),
    },
  });
}

/** As Go writes maps. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortKeys);
  }
  if (!isRecord(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, sortKeys(value[key])]),
  );
}

function sizeOf(annotations: Record<string, string>): number {
  return Object.entries(annotations).reduce(
    (sum, [key, value]) =>
      sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
