import { isRecord } from '../../model/jsonRecord';

const META = 'k8s.io.apimachinery.pkg.apis.meta.v1.';
const DEFINITIONS = 'k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Messages whose JSON is not an object of their fields. What is not there is
 * the type's zero value.
 */
const SPECIAL: Readonly<Record<string, (fields: Fields) => unknown>> = {
  [`${META}Time`]: fields => time(fields, 0),
  [`${META}MicroTime`]: fields => time(fields, 6),
  [`${META}Duration`]: ({ duration }) => `${Number(duration ?? 0) / 1e9}s`,
  [`${META}FieldsV1`]: ({ Raw }) => embeddedJson(Raw),
  [`${META}Verbs`]: ({ items }) => items ?? [],
  'k8s.io.apimachinery.pkg.api.resource.Quantity': ({ string }) =>
    string ?? '0',
  'k8s.io.apimachinery.pkg.util.intstr.IntOrString': ({
    type,
    intVal,
    strVal,
  }) => (type === 1 ? strVal ?? '' : intVal ?? 0),
  'k8s.io.apimachinery.pkg.runtime.RawExtension': ({ raw }) =>
    embeddedJson(raw),
  'k8s.io.api.authorization.v1.ExtraValue': ({ items }) => items ?? [],
  'k8s.io.api.authentication.v1.ExtraValue': ({ items }) => items ?? [],
  [`${DEFINITIONS}JSON`]: ({ raw }) => embeddedJson(raw),
  [`${DEFINITIONS}JSONSchemaPropsOrArray`]: ({ schema, jSONSchemas }) =>
    schema ?? jSONSchemas,
  [`${DEFINITIONS}JSONSchemaPropsOrBool`]: ({ schema, allows }) =>
    schema ?? allows ?? false,
  [`${DEFINITIONS}JSONSchemaPropsOrStringArray`]: ({ schema, property }) =>
    schema ?? property,
};

/** The JSON of a message, given its fields' JSON. */
export function messageJson(message: string, fields: Fields): unknown {
  return Object.hasOwn(SPECIAL, message) ? SPECIAL[message](fields) : fields;
}

/** A zero that Go's `omitempty` and `omitzero` leave out. */
export function isZero(value: unknown): boolean {
  return (
    value === '' ||
    value === 0 ||
    value === false ||
    value === null ||
    value === undefined ||
    (isRecord(value) && Object.keys(value).length === 0)
  );
}

function time({ seconds, nanos }: Fields, digits: 0 | 6): string | null {
  if (seconds === undefined && nanos === undefined) {
    return null;
  }
  const whole = new Date(Number(seconds ?? 0) * 1000)
    .toISOString()
    .slice(0, 19);
  const fraction = String(Math.floor(Number(nanos ?? 0) / 1000)).padStart(
    6,
    '0',
  );
  return digits === 0 ? `${whole}Z` : `${whole}.${fraction}Z`;
}

/** Bytes are base64 in JSON; here they are JSON themselves. */
function embeddedJson(base64: unknown): unknown {
  const text = Buffer.from(String(base64 ?? ''), 'base64').toString();
  return text === '' ? null : JSON.parse(text);
}
