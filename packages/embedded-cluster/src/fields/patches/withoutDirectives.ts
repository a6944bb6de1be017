import { setMember } from '../../model/setMember';
import { isRecord, type JsonRecord } from '../../model/jsonRecord';

/**
 * A part of a strategic merge patch that becomes part of the object as it is.
 *
 * @param options.dropNulls - leave out fields whose value is null
 * @returns undefined where the part is itself a directive
 */
export function withoutDirectives(
  value: unknown,
  options: { dropNulls: boolean },
): unknown {
  if (Array.isArray(value)) {
    return value
      .map(item => withoutDirectives(item, options))
      .filter(item => item !== undefined);
  }
  if (!isRecord(value)) {
    return value;
  }
  if ('$patch' in value) {
    return undefined;
  }
  const result: JsonRecord = {};
  for (const key of Object.keys(value)) {
    const child = withoutDirectives(value[key], options);
    if (child !== undefined && !(child === null && options.dropNulls)) {
      setMember(result, key, child);
    }
  }
  return result;
}
