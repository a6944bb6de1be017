import type { RepeatedKeys } from '../../ports/ClusterObjects';
import { duplicateKeys, keyPositions } from './duplicateKeys';

/** Keys that a JSON text has twice. @param prefix - before what is said of each */
export function repeatedInJson(text: string, prefix = ''): RepeatedKeys {
  let positions: Map<string, number> | undefined;
  return {
    found: duplicateKeys(text).map(({ path, position }) => ({
      text: `${prefix}duplicate field "${path}"`,
      path,
      position,
    })),
    positionOf: path => {
      positions ??= keyPositions(text);
      return positions.get(path);
    },
  };
}

/** Keys that YAML has twice, as its reader says it. */
export function repeatedInYaml(
  duplicates: readonly { key: string; line: number }[],
): RepeatedKeys {
  return {
    found: duplicates.map(({ key, line }) => ({
      text: `line ${line}: key "${key}" already set in map`,
    })),
  };
}
