import { StatusError } from '../../model/StatusError';

import { printJsonKind } from './printJsonKind';
import { ownMember } from '../../model/ownMember';
import { setMember } from '../../model/setMember';
import { isRecord, type JsonRecord } from '../../model/jsonRecord';

/**
 * RFC 7386: objects are merged, null removes, everything else replaces. The
 * result shares with both what it does not change.
 *
 * @throws StatusError 400 where the patch is no object
 */
export function mergePatch(object: JsonRecord, patch: unknown): JsonRecord {
  if (!isRecord(patch)) {
    throw StatusError.badRequest(
      `error decoding patch: json: cannot unmarshal ${printJsonKind(
        patch,
      )} into Go value of type map[string]interface {}`,
    );
  }
  return merge(object, patch);
}

function merge(object: unknown, patch: JsonRecord): JsonRecord {
  const result: JsonRecord = isRecord(object) ? { ...object } : {};
  for (const name of Object.keys(patch)) {
    const value = patch[name];
    if (value === null) {
      delete result[name];
    } else {
      setMember(
        result,
        name,
        isRecord(value) ? merge(ownMember(result, name), value) : value,
      );
    }
  }
  return result;
}
