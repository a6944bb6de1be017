import { canonicalQuantity } from './canonicalQuantity';
import { DecodingError } from './DecodingError';

/** @throws DecodingError */
export function decodeQuantity(value: unknown): string {
  const canonical =
    typeof value === 'string' || typeof value === 'number'
      ? canonicalQuantity(value)
      : undefined;
  if (canonical === undefined) {
    throw new DecodingError(
      `quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
    );
  }
  return canonical;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** @throws DecodingError */
export function decodeTime(value: string, path: string): string {
  if (!TIME.test(value) || Number.isNaN(Date.parse(value))) {
    throw new DecodingError(
      `parsing time ${JSON.stringify(
        value,
      )} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(
        value,
      )} as "2006" (${path})`,
    );
  }
  if (/\.\d/.test(value)) {
    // MicroTime keeps its fraction, in UTC.
    return value;
  }
  return value.endsWith('Z')
    ? value
    : `${new Date(value).toISOString().slice(0, 19)}Z`;
}

/** Padded, as Go reads it. */
const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** @throws DecodingError */
export function decodeBase64(value: string): string {
  const text = value.replace(/[\r\n]/g, '');
  if (!BASE64.test(text)) {
    const wrong = text.search(/[^A-Za-z0-9+/]/);
    throw new DecodingError(
      `illegal base64 data at input byte ${wrong < 0 ? text.length : wrong}`,
    );
  }
  return text;
}
