import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiVersionOf, type ResourceType } from '../model/ResourceType';
import type { TypeSchema } from '../model/TypeSchema';
import { isRecord, type JsonRecord } from '../model/jsonRecord';

/** Optional fields that Go writes all the same; the published schemas do not tell. */
const WRITTEN_AS_NULL: Readonly<Record<string, JsonRecord>> = {
  ClusterRole: { rules: null },
  EndpointSlice: { endpoints: null, ports: null },
  Event: { eventTime: null, firstTimestamp: null, lastTimestamp: null },
  HorizontalPodAutoscaler: { status: { currentMetrics: null } },
  Role: { rules: null },
};

const known = new WeakMap<ResourceType, KubernetesObject>();

/**
 * The object that the API server compares a new one with. Of built-in kinds
 * that is its own type with nothing set, which still has the structures that
 * are part of it; therefore nobody owns `spec` of a Deployment itself, but
 * somebody does of a definition's kind.
 */
export function zeroObject(type: ResourceType): KubernetesObject {
  let zero = known.get(type);
  if (!zero) {
    zero = {
      ...(type.custom
        ? {}
        : { ...structure(type.schema), ...WRITTEN_AS_NULL[type.kind] }),
      apiVersion: apiVersionOf(type),
      kind: type.kind,
      metadata: { name: '' },
    };
    known.set(type, zero);
  }
  return zero;
}

function structure(schema: TypeSchema): JsonRecord {
  const result: JsonRecord = {};
  for (const name of schema.propertyNames()) {
    const property = schema.property(name);
    if (property && isEmptyStructure(property.default)) {
      result[name] = structure(property);
    } else if (property && schema.required.includes(name)) {
      result[name] = property.default ?? null;
    }
  }
  return result;
}

function isEmptyStructure(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 0;
}
