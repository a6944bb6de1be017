import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { isJsonRecord } from '../model/jsonRecord';

function nameOf(item: unknown): unknown {
  return isJsonRecord(item) ? item.name : undefined;
}

function overlaid(live: unknown, manifest: unknown): unknown {
  if (isJsonRecord(live) && isJsonRecord(manifest)) {
    return {
      ...live,
      ...Object.fromEntries(
        Object.entries(manifest).map(([key, value]) => [
          key,
          overlaid(live[key], value),
        ]),
      ),
    };
  }
  if (Array.isArray(live) && Array.isArray(manifest)) {
    return manifest.map(item =>
      nameOf(item) === undefined
        ? item
        : overlaid(
            live.find(candidate => nameOf(candidate) === nameOf(item)),
            item,
          ),
    );
  }
  return manifest;
}

/**
 * The live object with all that a manifest says: what a new one will be like,
 * as far as one can tell where the server cannot try it.
 */
export function overlay(
  live: KubernetesObject,
  manifest: KubernetesObject,
): KubernetesObject {
  return overlaid(live, manifest) as KubernetesObject;
}
