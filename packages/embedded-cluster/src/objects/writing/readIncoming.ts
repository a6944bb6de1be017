import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiVersionOf, type ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { WriteOptions } from '../../ports/ClusterObjects';
import { decodeCustom } from '../custom/decodeCustom';
import { decodeBuiltIn } from '../decoding/decodeBuiltIn';
import { DecodingError } from '../decoding/DecodingError';
import { shaped } from '../kinds/shaped';
import { fieldProblems, strictProblems } from './fieldProblems';
import { inKeyOrder } from './inKeyOrder';
import type { Machinery } from './Machinery';

export interface ReadOptions
  extends Pick<WriteOptions, 'fieldValidation' | 'warn' | 'repeated'> {
  /** The object is a stored one with a patch: refusals are worded for that. */
  isPatched?: boolean;
  /** What a strategic merge patch said, as the server quotes it. */
  strategicPatch?: string;
  /** The object is what an apply made of the stored one. */
  isApplied?: boolean;
}

/**
 * Reads what a client sent: checks it against the kind's schema and fills in
 * defaults.
 *
 * @returns a copy that is the caller's to change
 * @throws StatusError 400
 */
export function readIncoming(
  machinery: Machinery,
  type: ResourceType,
  object: unknown,
  options: ReadOptions,
): KubernetesObject {
  const apiVersion = apiVersionOf(type);
  const sent = rootOf(object, type, apiVersion);
  const refuse = (why: string) =>
    options.isPatched
      ? unpatchable(
          options.strategicPatch ??
            JSON.stringify(type.custom ? inKeyOrder(sent) : sent),
          why,
        )
      : unreadable(type, why);
  const { value, unknownFields } = decode(type, sent, options, refuse);
  reportProblems(type, unknownFields, options, refuse);
  const decoded = shaped<KubernetesObject>(value);
  const rules = machinery.rulesOf(type);
  rules.defaults?.(decoded);
  rules.addNulls?.(decoded, sent);
  keepReset(decoded, sent);
  return decoded;
}

/** An empty list of managers says something: that nobody shall own anything. */
function keepReset(decoded: KubernetesObject, sent: KubernetesObject): void {
  const { managedFields } = sent.metadata ?? {};
  if (Array.isArray(managedFields) && managedFields.length === 0) {
    decoded.metadata.managedFields = [];
  }
}

function rootOf(
  object: unknown,
  type: ResourceType,
  apiVersion: string,
): KubernetesObject {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    throw StatusError.badRequest(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${
        Array.isArray(object) ? 'array' : typeof object
      } into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    );
  }
  const root = object as Record<string, unknown>;
  const kind = root.kind ?? type.kind;
  const version = root.apiVersion ?? apiVersion;
  if (version !== apiVersion || kind !== type.kind) {
    throw StatusError.badRequest(
      `${String(kind)} in version "${String(version).replace(
        /^.*\//,
        '',
      )}" cannot be handled as a ${type.kind}: no kind "${String(
        kind,
      )}" is registered for version "${String(
        version,
      )}" in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
  return shaped<KubernetesObject>({
    ...root,
    kind,
    apiVersion,
    metadata: root.metadata ?? {},
  });
}

function decode(
  type: ResourceType,
  sent: KubernetesObject,
  options: ReadOptions,
  refuse: (why: string) => StatusError,
) {
  try {
    return type.custom
      ? decodeCustom(sent, type.schema, {
          keepNulls: options.isApplied ?? false,
        })
      : decodeBuiltIn(sent, type.schema);
  } catch (error) {
    if (error instanceof DecodingError) {
      throw refuse(
        options.strategicPatch === undefined ? error.message : error.conversion,
      );
    }
    throw error;
  }
}

function unreadable({ kind, version }: ResourceType, why: string): StatusError {
  return StatusError.badRequest(
    `${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`,
  );
}

/** What a patch made of an object cannot be read: the server names neither kind nor object. */
function unpatchable(quoted: string, why: string): StatusError {
  const message = `Invalid value: ${JSON.stringify(quoted)}: ${why}`;
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: ` "" is invalid: patch: ${message}`,
    details: {
      causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }],
    },
  });
}

function reportProblems(
  { custom }: ResourceType,
  unknown: readonly string[],
  options: ReadOptions,
  refuse: (why: string) => StatusError,
): void {
  const { fieldValidation = 'Warn', warn, repeated } = options;
  if (fieldValidation === 'Ignore') {
    return;
  }
  const isSent = !options.isPatched && !options.isApplied;
  const found = fieldProblems({ unknown, repeated, isSent, custom });
  if (found.length === 0) {
    return;
  }
  if (fieldValidation === 'Strict') {
    throw refuse(`strict decoding error: ${strictProblems(found, repeated)}`);
  }
  for (const text of found) {
    warn?.(text);
  }
}
