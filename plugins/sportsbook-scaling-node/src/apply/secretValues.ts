import { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { isDeepStrictEqual } from 'node:util';
import { isJsonRecord } from '../model/jsonRecord';

/** What stands for a value that must not be shown. */
export const MASK = '*****';

/** Keys whose values are secret wherever they stand. */
const SECRET_KEY =
  /pass(word|wd|phrase)?$|secret$|token$|credentials?$|(api|access|private|signing|encryption)[-_.]?key$|connection[-_.]?string$/i;
/** Holds the whole manifest, with whatever is secret in it. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const CREDENTIALS_OF_URL = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
/** `--db-password=…` of a command line. */
const SECRET_FLAG = /(--?[\w.-]*(?:password|secret|token|api-?key)=)\S+/gi;

/** A text that may be shown, apart from the credentials within it. */
function withoutCredentials(text: string): string {
  return text
    .replace(CREDENTIALS_OF_URL, `$1${MASK}@`)
    .replace(SECRET_FLAG, `$1${MASK}`);
}

/** `{name: DB_PASSWORD, value: …}` of a container's environment, and its like. */
function isSecretPair(record: Record<string, unknown>): boolean {
  return typeof record.name === 'string' && SECRET_KEY.test(record.name);
}

interface Side {
  value: unknown;
  /** The same place of the other state, so that a change can be told. */
  other: unknown;
  /** Such as `(before)`. */
  side: string;
}

function mask({ value, other, side }: Side): string {
  return other === undefined || isDeepStrictEqual(value, other)
    ? MASK
    : `${MASK} ${side}`;
}

function maskAll({ value, other, side }: Side): unknown {
  if (isJsonRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        maskAll({
          value: child,
          other: isJsonRecord(other) ? other[key] : undefined,
          side,
        }),
      ]),
    );
  }
  return mask({ value, other, side });
}

function otherItem(item: unknown, index: number, other: unknown): unknown {
  if (!Array.isArray(other)) {
    return undefined;
  }
  const named = isJsonRecord(item) && typeof item.name === 'string';
  return named
    ? other.find(
        candidate => isJsonRecord(candidate) && candidate.name === item.name,
      )
    : other[index];
}

function maskSecretKeys({ value, other, side }: Side): unknown {
  if (typeof value === 'string') {
    const shown = withoutCredentials(value);
    return shown !== value && typeof other === 'string' && other !== value
      ? `${shown} ${side}`
      : shown;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      maskSecretKeys({
        value: item,
        other: otherItem(item, index, other),
        side,
      }),
    );
  }
  if (!isJsonRecord(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      const there = isJsonRecord(other) ? other[key] : undefined;
      const isSecret =
        typeof child === 'string' &&
        (SECRET_KEY.test(key) ||
          key === LAST_APPLIED ||
          (key === 'value' && isSecretPair(value)));
      return [
        key,
        isSecret
          ? mask({ value: child, other: there, side })
          : maskSecretKeys({ value: child, other: there, side }),
      ];
    }),
  );
}

function maskOne(
  object: KubernetesObject | undefined,
  other: KubernetesObject | undefined,
  side: string,
): KubernetesObject | undefined {
  if (object === undefined) {
    return undefined;
  }
  const masked = maskSecretKeys({
    value: object,
    other,
    side,
  }) as KubernetesObject;
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1') {
    return masked;
  }
  const contents = ['data', 'stringData'].filter(key => key in object);
  return {
    ...masked,
    ...Object.fromEntries(
      contents.map(key => [
        key,
        maskAll({ value: object[key], other: other?.[key], side }),
      ]),
    ),
  };
}

/**
 * Two states of one object with all that is secret masked: what a Secret holds,
 * values of keys such as `password` or `DB_TOKEN`, credentials within URLs.
 * That a value changes still shows; neither value does.
 */
export function maskSecrets(states: {
  before?: KubernetesObject;
  after?: KubernetesObject;
}): { before?: KubernetesObject; after?: KubernetesObject } {
  const { before, after } = states;
  return {
    before: maskOne(before, after, '(before)'),
    after: maskOne(after, before, '(after)'),
  };
}

/** An object with the contents of a Secret as the server keeps them: `stringData` in `data`. */
export function withStoredData(object: KubernetesObject): KubernetesObject {
  const { stringData, data, ...rest } = object;
  if (
    object.kind !== 'Secret' ||
    object.apiVersion !== 'v1' ||
    !isJsonRecord(stringData)
  ) {
    return object;
  }
  return {
    ...rest,
    data: {
      ...(isJsonRecord(data) ? data : {}),
      ...Object.fromEntries(
        Object.entries(stringData).map(([key, text]) => [
          key,
          Buffer.from(String(text)).toString('base64'),
        ]),
      ),
    },
  } as KubernetesObject;
}
