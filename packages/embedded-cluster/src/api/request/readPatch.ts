import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiVersionOf, type ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { PatchRequest, RepeatedKeys } from '../../ports/ClusterObjects';
import { unsupportedMediaType } from './decodeObject';
import { duplicateKeys } from './duplicateKeys';
import type { ResourceExchange } from './Exchange';
import { invalidOptions } from './invalidOptions';

import { jsonError } from './jsonError';
import { jsonTypeName } from './jsonTypeName';
import { mediaType } from './mediaType';
import { parseYaml } from './parseYaml';
import { repeatedInJson } from './repeatedKeys';
import { isTrue } from './requestInfo';
import { isRecord } from '../../model/jsonRecord';

const APPLY = 'application/apply-patch+yaml';

const TYPES: Readonly<Record<string, PatchRequest['type']>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  [APPLY]: 'apply',
};

export interface ReadPatch {
  request: PatchRequest;
  /** The configuration of a server-side apply, its name an empty string where it has none. */
  applied?: KubernetesObject;
  /** Of other patches than apply, which tells of it by itself. */
  repeated?: RepeatedKeys;
}

/** @throws StatusError 400, 415, 422 */
export function readPatch(
  exchange: ResourceExchange,
  type: ResourceType,
  body: Buffer,
): ReadPatch {
  const { query, request, warn } = exchange;
  const media = mediaType(request.headers['content-type']);
  if (!Object.hasOwn(TYPES, media)) {
    throw new StatusError({
      code: 415,
      reason: 'UnsupportedMediaType',
      message: '415: Unsupported Media Type',
      details: {},
    });
  }
  const patchType = TYPES[media];
  if (patchType === 'strategic' && type.custom) {
    throw unsupportedMediaType(
      Object.keys(TYPES).filter(name => TYPES[name] !== 'strategic'),
    );
  }
  const force = query.get('force');
  if (patchType !== 'apply') {
    if (force !== null) {
      throw invalidOptions(
        'PatchOptions',
        'force',
        'FieldValueForbidden',
        'Forbidden: may not be specified for non-apply patch',
      );
    }
    return {
      request: { type: patchType, body: parseJson(body, patchType) },
      repeated: repeatedInJson(
        body.toString('utf8'),
        patchType === 'json' ? 'json patch ' : '',
      ),
    };
  }
  if ((query.get('fieldManager') ?? '') === '') {
    throw invalidOptions(
      'PatchOptions',
      'fieldManager',
      'FieldValueRequired',
      'Required value: is required for apply patch',
    );
  }
  const value = parseConfiguration(body, query.get('fieldValidation'), warn);
  const applied = checkConfiguration(value, type);
  return {
    request: { type: 'apply', body: value, force: isTrue(force) },
    applied,
  };
}

function parseJson(body: Buffer, type: PatchRequest['type']): unknown {
  const text = body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw StatusError.badRequest(
      type === 'strategic'
        ? jsonError(text)
        : `error decoding patch: ${jsonError(text)}`,
    );
  }
}

function parseConfiguration(
  body: Buffer,
  fieldValidation: string | null,
  warn: (text: string) => void,
): unknown {
  const text = body.toString('utf8');
  const lazily = fieldValidation === 'Ignore';
  let value: unknown;
  let duplicates: { key: string; line: number }[] = [];
  try {
    // Most clients send JSON, which is YAML, and read so many times faster.
    value = JSON.parse(text);
    duplicates = lazily ? [] : duplicateKeys(text);
  } catch {
    const parsed = parseYaml(text);
    if (parsed.status === 'failed') {
      throw StatusError.badRequest(
        `error decoding YAML: error converting YAML to JSON: ${parsed.message}`,
      );
    }
    ({ value, duplicates } = parsed);
  }
  const lines = duplicates.map(
    ({ key, line }) => `line ${line}: key "${key}" already set in map`,
  );
  if (lines.length > 0 && fieldValidation === 'Strict') {
    throw StatusError.badRequest(
      `error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  ${lines.join(
        '\n  ',
      )}`,
    );
  }
  if (!lazily) {
    lines.forEach(warn);
  }
  return value;
}

function checkConfiguration(
  value: unknown,
  type: ResourceType,
): KubernetesObject {
  if (value !== null && !isRecord(value)) {
    throw StatusError.badRequest(
      `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${jsonTypeName(
        value,
      )} into Go value of type map[string]interface {}`,
    );
  }
  const { apiVersion = '', kind = '', metadata, ...rest } = value ?? {};
  if (apiVersion !== apiVersionOf(type) || kind !== type.kind) {
    const groupVersion = String(apiVersion);
    throw StatusError.badRequest(
      `invalid object type: ${
        groupVersion.includes('/') ? groupVersion : `/${groupVersion}`
      }, Kind=${kind}`,
    );
  }
  return {
    ...rest,
    apiVersion: apiVersionOf(type),
    kind: type.kind,
    metadata: { name: '', ...(isRecord(metadata) ? metadata : {}) },
  };
}
