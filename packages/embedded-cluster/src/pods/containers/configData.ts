import { z } from 'zod';
import type { ClusterObjects } from '../../ports/ClusterObjects';

const strings = z.record(z.string(), z.string()).nullish();
const shape = z.object({ data: strings, binaryData: strings });

export interface ConfigRef {
  kind: 'ConfigMap' | 'Secret';
  namespace: string;
  name: string;
}

/** The entries of a ConfigMap or a Secret; undefined where there is none. */
export function configData(
  objects: ClusterObjects,
  { kind, namespace, name }: ConfigRef,
): ReadonlyMap<string, Buffer> | undefined {
  const type = objects.typeOf('v1', kind);
  const object = type && objects.find(type, { namespace, name });
  if (!object) {
    return undefined;
  }
  const { data, binaryData } = shape.parse(object);
  const encoding = kind === 'Secret' ? 'base64' : 'utf8';
  return new Map([
    ...Object.entries(data ?? {}).map(
      ([key, value]) => [key, Buffer.from(value, encoding)] as const,
    ),
    ...Object.entries(binaryData ?? {}).map(
      ([key, value]) => [key, Buffer.from(value, 'base64')] as const,
    ),
  ]);
}
