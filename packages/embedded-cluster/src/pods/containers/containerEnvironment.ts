import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { Container, PodObject } from '../podObject';
import { configData, type ConfigRef } from './configData';
import { expandVariables } from './expandVariables';
import { fieldValue, resourceValue } from './fieldValue';

const DEFAULT_PATH =
  '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface EnvironmentOptions {
  objects: ClusterObjects;
  pod: PodObject;
  container: Container;
  podIP: string;
  hostname: string;
  /** Of the image, as `NAME=value`. */
  imageEnvironment: readonly string[];
  /** Of the Services, as `NAME` to value. */
  serviceEnvironment: Readonly<Record<string, string>>;
}

/**
 * What a container's process gets, and nothing of this process's own.
 *
 * @throws Error as the kubelet words it, for a ConfigMap, Secret or key that is absent
 */
export function containerEnvironment({
  objects,
  pod,
  container,
  podIP,
  hostname,
  imageEnvironment,
  serviceEnvironment,
}: EnvironmentOptions): Record<string, string> {
  const { namespace } = pod.metadata;
  const declared: Record<string, string> = { ...serviceEnvironment };

  for (const { prefix, configMapRef, secretRef } of container.envFrom) {
    const source = configMapRef ?? secretRef;
    if (source) {
      const kind = configMapRef ? 'ConfigMap' : 'Secret';
      const data = requireConfig(
        objects,
        { kind, namespace, name: source.name },
        source.optional,
      );
      for (const [key, value] of data ?? []) {
        declared[`${prefix}${key}`] = value.toString('utf8');
      }
    }
  }

  for (const { name, value, valueFrom } of container.env) {
    const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } =
      valueFrom ?? {};
    const keyRef = configMapKeyRef ?? secretKeyRef;
    if (fieldRef) {
      declared[name] = fieldValue(pod, podIP, fieldRef.fieldPath);
    } else if (resourceFieldRef) {
      declared[name] = resourceValue(
        named(pod, resourceFieldRef.containerName) ?? container,
        resourceFieldRef,
      );
    } else if (keyRef) {
      const kind = configMapKeyRef ? 'ConfigMap' : 'Secret';
      const found = requireKey(
        objects,
        { kind, namespace, name: keyRef.name },
        keyRef,
      );
      if (found !== undefined) {
        declared[name] = found;
      }
    } else {
      declared[name] = expandVariables(value ?? '', declared);
    }
  }

  return {
    PATH: DEFAULT_PATH,
    HOSTNAME: hostname,
    ...Object.fromEntries(imageEnvironment.map(splitPair)),
    ...declared,
  };
}

function requireConfig(
  objects: ClusterObjects,
  ref: ConfigRef,
  optional: boolean,
): ReadonlyMap<string, Buffer> | undefined {
  const data = configData(objects, ref);
  if (!data && !optional) {
    throw new Error(`${ref.kind.toLowerCase()} "${ref.name}" not found`);
  }
  return data;
}

function requireKey(
  objects: ClusterObjects,
  ref: ConfigRef,
  { key, optional }: { key: string; optional: boolean },
): string | undefined {
  const value = requireConfig(objects, ref, optional)?.get(key);
  if (value === undefined && !optional) {
    throw new Error(
      `couldn't find key ${key} in ${ref.kind} ${ref.namespace}/${ref.name}`,
    );
  }
  return value?.toString('utf8');
}

function named({ spec }: PodObject, name: string | undefined) {
  return [...spec.containers, ...spec.initContainers].find(
    container => container.name === name,
  );
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}
