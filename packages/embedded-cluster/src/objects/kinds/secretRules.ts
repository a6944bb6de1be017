import type { FieldErrors } from '../validating/FieldErrors';
import {
  MAX_DATA_BYTES,
  requireUnchanged,
  validateKey,
  type DataFields,
} from './configMapRules';
import type { KindRules } from './KindRules';
import { shaped } from './shaped';

interface SecretFields extends DataFields {
  metadata: { annotations?: Record<string, string> };
  type?: string;
  stringData?: Record<string, string>;
}

/** Keys that a Secret of a type must have. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
};
const JSON_KEYS = ['.dockercfg', '.dockerconfigjson'];
const BASIC_AUTH = 'kubernetes.io/basic-auth';
const ACCOUNT_TOKEN = 'kubernetes.io/service-account-token';
const ACCOUNT_NAME = 'kubernetes.io/service-account.name';

export const secretRules: KindRules = {
  defaults: object => {
    const secret = shaped<SecretFields>(object);
    secret.type ||= 'Opaque';
    if (secret.stringData) {
      secret.data = {
        ...secret.data,
        ...Object.fromEntries(
          Object.entries(secret.stringData).map(([key, text]) => [
            key,
            Buffer.from(text).toString('base64'),
          ]),
        ),
      };
      delete secret.stringData;
    }
  },
  validate: (object, errors) => {
    const secret = shaped<SecretFields>(object);
    const { data = {} } = secret;
    let bytes = 0;
    for (const [key, encoded] of Object.entries(data)) {
      validateKey(key, `data[${key}]`, errors);
      bytes += Buffer.byteLength(encoded, 'base64');
    }
    if (bytes > MAX_DATA_BYTES) {
      errors.tooLong('data', MAX_DATA_BYTES);
    }
    validateType(secret, data, errors);
  },
  validateUpdate: (object, old, errors) => {
    const next = shaped<SecretFields>(object);
    const before = shaped<SecretFields>(old);
    if (next.type !== before.type) {
      errors.invalid('type', next.type, 'field is immutable');
    }
    requireUnchanged(next, before, errors);
  },
};

function validateType(
  { type = '', metadata }: SecretFields,
  data: Record<string, string>,
  errors: FieldErrors,
): void {
  for (const key of REQUIRED[type] ?? []) {
    if (data[key] === undefined) {
      errors.required(`data[${key}]`);
    } else if (JSON_KEYS.includes(key)) {
      validateJson(data[key], `data[${key}]`, errors);
    }
  }
  if (type === BASIC_AUTH && !('username' in data) && !('password' in data)) {
    errors.required('data[username]');
    errors.required('data[password]');
  }
  if (type === ACCOUNT_TOKEN && !metadata.annotations?.[ACCOUNT_NAME]) {
    errors.required(`metadata.annotations[${ACCOUNT_NAME}]`);
  }
}

/** The value is secret: it is never part of the message. */
function validateJson(
  encoded: string,
  field: string,
  errors: FieldErrors,
): void {
  const text = Buffer.from(encoded, 'base64').toString();
  try {
    JSON.parse(text);
  } catch {
    errors.invalid(
      field,
      '<secret contents redacted>',
      `invalid character '${
        text.trim()[0] ?? ''
      }' looking for beginning of value`,
    );
  }
}
