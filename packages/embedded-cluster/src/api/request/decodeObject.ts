import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiVersionOf } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { RepeatedKeys } from '../../ports/ClusterObjects';
import { repeatedInJson, repeatedInYaml } from './repeatedKeys';

import { jsonError } from './jsonError';
import { jsonTypeName } from './jsonTypeName';
import { mediaType } from './mediaType';
import { parseYaml } from './parseYaml';
import { decodeProtobuf, PROTOBUF } from '../protobuf/decodeProtobuf';
import { isRecord } from '../../model/jsonRecord';

/** The kind that a body has to be of. */
export interface ExpectedKind {
  group: string;
  version: string;
  kind: string;
  custom: boolean;
}

const EXCERPT_BYTES = 30;

export interface Strictness {
  fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
  warn: (text: string) => void;
  /** Gets what the body has twice, to be told of together with what else is wrong. Absent: it is told of here. */
  onRepeated?: (repeated: RepeatedKeys) => void;
  /** Whether a built-in kind of this name is served, which a refusal tells. Default: none is. */
  isRegistered?: (apiVersion: string, kind: string) => boolean;
}

/**
 * The object in the body of a create or an update, with kind and apiVersion
 * filled in where a built-in kind's may leave them out.
 *
 * @throws StatusError 400, 415, 422 as the API server words it
 */
export function decodeObject(
  body: Buffer,
  contentType: string | undefined,
  expected: ExpectedKind,
  strictness: Strictness,
): KubernetesObject {
  const value = parse(body, contentType, expected, strictness);
  const { kind, apiVersion, metadata } = value;
  if (expected.custom) {
    checkCustomKind(value, expected, body);
  } else if (
    (typeof kind === 'string' && kind !== expected.kind) ||
    (typeof apiVersion === 'string' && apiVersion !== apiVersionOf(expected))
  ) {
    throw StatusError.badRequest(wrongBuiltInKind(value, expected, strictness));
  }
  if (!isRecord(metadata) && metadata !== undefined && metadata !== null) {
    throw StatusError.badRequest(
      `${expected.kind} in version "${
        expected.version
      }" cannot be handled as a ${
        expected.kind
      }: json: cannot unmarshal ${jsonTypeName(
        metadata,
      )} into Go struct field ${expected.kind}.metadata of type v1.ObjectMeta`,
    );
  }
  return {
    ...value,
    apiVersion: apiVersionOf(expected),
    kind: expected.kind,
    // A name that is missing is refused where the name's own rules are.
    metadata: isRecord(metadata) ? { name: '', ...metadata } : { name: '' },
  };
}

function parse(
  body: Buffer,
  contentType: string | undefined,
  expected: ExpectedKind,
  { fieldValidation, warn, onRepeated }: Strictness,
): Record<string, unknown> {
  const media = mediaType(contentType);
  const unrecognized = (why: string, given: string) =>
    StatusError.badRequest(
      `the object provided is unrecognized (must be of type ${expected.kind}): ${why} (${given})`,
    );
  if (media === PROTOBUF) {
    return decodeProtobuf(body);
  }
  let value: unknown;
  let repeated: RepeatedKeys = { found: [] };
  const text = body.toString('utf8');
  if (media === '' || media === 'application/json') {
    try {
      value = JSON.parse(text);
    } catch {
      throw unrecognized(
        `couldn't get version/kind; json parse error: ${jsonError(text)}`,
        excerpt(body),
      );
    }
    if (fieldValidation !== 'Ignore') {
      repeated = repeatedInJson(text);
    }
  } else if (media === 'application/yaml') {
    const parsed = parseYaml(text);
    if (parsed.status === 'failed') {
      throw unrecognized(
        `couldn't get version/kind; json parse error: ${parsed.message}`,
        excerpt(body),
      );
    }
    value = parsed.value;
    repeated = repeatedInYaml(parsed.duplicates);
  } else {
    throw unsupportedMediaType([
      'application/json',
      'application/yaml',
      ...(expected.custom ? [] : [PROTOBUF]),
    ]);
  }
  if (!isRecord(value)) {
    throw unrecognized(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonTypeName(
        value,
      )} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
      excerpt(body),
    );
  }
  if (onRepeated) {
    onRepeated(repeated);
  } else if (repeated.found.length > 0) {
    const duplicates = repeated.found.map(one => one.text);
    if (fieldValidation === 'Strict') {
      throw StatusError.badRequest(
        `${expected.kind} in version "${
          expected.version
        }" cannot be handled as a ${
          expected.kind
        }: strict decoding error: ${duplicates.join(', ')}`,
      );
    }
    if (fieldValidation !== 'Ignore') {
      duplicates.forEach(warn);
    }
  }
  return value;
}

export function unsupportedMediaType(accepted: string[]): StatusError {
  return new StatusError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
      ', ',
    )}`,
  });
}

function wrongBuiltInKind(
  { kind, apiVersion }: Record<string, unknown>,
  expected: ExpectedKind,
  { isRegistered = () => false }: Strictness,
): string {
  const given = String(kind ?? expected.kind);
  const groupVersion = String(apiVersion ?? apiVersionOf(expected));
  const version = groupVersion.split('/').pop();
  const why = isRegistered(groupVersion, given)
    ? `converting (${version}.${given}) to (${
        expected.group === '' ? 'core' : expected.group.split('.', 1)[0]
      }.${expected.kind}): unknown conversion`
    : `no kind "${given}" is registered for version "${groupVersion}" in scheme "pkg/runtime/scheme.go:111"`;
  return `${given} in version "${version}" cannot be handled as a ${expected.kind}: ${why}`;
}

function checkCustomKind(
  { kind, apiVersion }: Record<string, unknown>,
  expected: ExpectedKind,
  body: Buffer,
): void {
  const missing = [
    ...(typeof kind === 'string' && kind !== '' ? [] : ['Kind']),
    ...(typeof apiVersion === 'string' && apiVersion !== ''
      ? []
      : ['apiVersion']),
  ];
  if (missing.length > 0) {
    throw StatusError.badRequest(
      `the object provided is unrecognized (must be of type ${
        expected.kind
      }): Object '${missing[0]}' is missing in '${body
        .toString('utf8')
        .trim()}' (${excerpt(body)})`,
    );
  }
  if (apiVersion !== apiVersionOf(expected)) {
    throw StatusError.badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${apiVersionOf(
        expected,
      )})`,
    );
  }
  if (kind !== expected.kind) {
    throw StatusError.invalid(
      { group: expected.group, kind: String(kind) },
      '',
      [
        {
          reason: 'FieldValueInvalid',
          message: `Invalid value: "${kind}": must be ${expected.kind}`,
          field: 'kind',
        },
      ],
    );
  }
}

/** The first bytes: as text where it looks like JSON, else in hexadecimal. */
function excerpt(body: Buffer): string {
  if (body.length === 0) {
    return '<empty>';
  }
  const first = body.subarray(0, EXCERPT_BYTES);
  return `${first.toString(first[0] === 0x7b ? 'utf8' : 'hex')}${
    body.length > EXCERPT_BYTES ? ' ...' : ''
  }`;
}
