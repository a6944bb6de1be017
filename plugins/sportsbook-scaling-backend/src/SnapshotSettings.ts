import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const ROOT = 'sportsbookScaling.snapshot';

/** Limits and defaults, unit seconds. */
const SECONDS = {
  cacheSeconds: { lowest: 1, highest: 60, default: 4 },
  sourceTimeoutSeconds: { lowest: 0.5, highest: 30, default: 3 },
  keepStaleSeconds: { lowest: 0, highest: 86_400, default: 900 },
} as const;

export interface SnapshotSettings {
  /** How long one answer is shared by all viewers. */
  cacheSeconds: number;
  /** How long one question to cluster or Prometheus may take. */
  sourceTimeoutSeconds: number;
  /** How long a value outlives its source, marked as stale. */
  keepStaleSeconds: number;
}

/** @throws InputError that names the key whose value is out of its limits */
export function readSnapshotSettings(config: Config): SnapshotSettings {
  const seconds = (key: keyof SnapshotSettings) => {
    const { lowest, highest, default: usual } = SECONDS[key];
    const value = config.getOptionalNumber(`${ROOT}.${key}`) ?? usual;
    if (value < lowest || value > highest) {
      throw new InputError(
        `'${ROOT}.${key}' is ${value}; it can be ${lowest} to ${highest} seconds`,
      );
    }
    return value;
  };
  return {
    cacheSeconds: seconds('cacheSeconds'),
    sourceTimeoutSeconds: seconds('sourceTimeoutSeconds'),
    keepStaleSeconds: seconds('keepStaleSeconds'),
  };
}
