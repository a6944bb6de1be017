import type { KedaTrigger } from './scaledObjectSpec';
import { messageOf } from '../../runtime/messageOf';

/** Credentials that a TriggerAuthentication gives, by parameter name. */
export type AuthParameters = Readonly<Record<string, string>>;

/** A trigger of type `prometheus`, read. */
export interface PrometheusTrigger {
  metricName: string;
  /** As events and metrics of KEDA name it. */
  triggerName: string;
  metricType: 'AverageValue' | 'Value';
  useCachedMetrics: boolean;
  serverAddress: string;
  query: string;
  /** Per replica for `AverageValue`, of all for `Value`. */
  threshold: number;
  activationThreshold: number;
  ignoreNullValues: boolean;
  timeoutMilliseconds: number;
  headers: Readonly<Record<string, string>>;
  queryParameters: Readonly<Record<string, string>>;
}

/** KEDA's `KEDA_HTTP_DEFAULT_TIMEOUT`. */
const DEFAULT_TIMEOUT_MILLISECONDS = 3_000;

const GO_TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const GO_FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

const DURATION_MILLISECONDS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

class MetadataReader {
  readonly #metadata: Readonly<Record<string, string>>;

  constructor(metadata: Readonly<Record<string, string>>) {
    this.#metadata = metadata;
  }

  text(name: string): string | undefined {
    return this.#metadata[name]?.trim() || undefined;
  }

  required(name: string): string {
    const text = this.text(name);
    if (text === undefined) {
      throw new Error(
        `missing required parameter "${name}" in [triggerMetadata]`,
      );
    }
    return text;
  }

  number(name: string, text: string): number {
    const value = Number(text);
    if (!/^[+-]?(\d|\.\d)/.test(text) || !Number.isFinite(value)) {
      throw new Error(
        `unable to set param "${name}" value "${text}": unable to unmarshal to field type float64: invalid character '${text[0]}' looking for beginning of value`,
      );
    }
    return value;
  }

  boolean(name: string, otherwise: boolean): boolean {
    const text = this.text(name);
    if (text === undefined) {
      return otherwise;
    }
    if (!GO_TRUE.has(text) && !GO_FALSE.has(text)) {
      throw new Error(
        `unable to set param "${name}" value "${text}": unable to parse boolean value "${text}": strconv.ParseBool: parsing "${text}": invalid syntax`,
      );
    }
    return GO_TRUE.has(text);
  }

  /** A Go duration such as `1m30s`, or a number of milliseconds. */
  milliseconds(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) {
      return undefined;
    }
    if (/^\d+$/.test(text)) {
      return Number(text);
    }
    if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) {
      throw new Error(
        `unable to set param "${name}" value "${text}": unable to parse duration value "${text}": must be either a duration string (e.g. '30s', '5m') or a number of milliseconds`,
      );
    }
    return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
      (sum, [, count, unit]) =>
        sum + Number(count) * DURATION_MILLISECONDS[unit],
      0,
    );
  }

  pairs(name: string): Record<string, string> {
    const text = this.text(name);
    if (text === undefined) {
      return {};
    }
    return Object.fromEntries(
      text.split(',').map(pair => {
        const parts = pair.trim().split('=');
        if (parts.length !== 2) {
          throw new Error(
            `unable to set param "${name}" value "${text}": expected format key=value, got "${pair.trim()}"`,
          );
        }
        return [parts[0].trim(), parts[1].trim()];
      }),
    );
  }
}

function authorization(
  modes: readonly string[],
  parameters: AuthParameters,
): Record<string, string> {
  if (modes.includes('bearer')) {
    if (!parameters.bearerToken) {
      throw new Error('bearer token is required when bearer auth is enabled');
    }
    return { authorization: `Bearer ${parameters.bearerToken.trim()}` };
  }
  if (modes.includes('basic')) {
    if (!parameters.username) {
      throw new Error('username is required when basic auth is enabled');
    }
    const credentials = `${parameters.username}:${parameters.password ?? ''}`;
    return {
      authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
    };
  }
  if (modes.includes('custom')) {
    if (!parameters.customAuthHeader || !parameters.customAuthValue) {
      throw new Error(
        'custom auth header and value are required when custom auth is enabled',
      );
    }
    return { [parameters.customAuthHeader]: parameters.customAuthValue };
  }
  return {};
}

/**
 * Reads a trigger's metadata by KEDA's rules: text only, spaces around it
 * ignored, an empty value like an absent one.
 *
 * @param index - of the trigger in the ScaledObject
 * @throws Error in KEDA's words for metadata that it would refuse, and in ours
 *   for what the embedded cluster does not have
 */
export function prometheusTrigger(
  trigger: KedaTrigger,
  index: number,
  authParameters: AuthParameters,
): PrometheusTrigger {
  if (trigger.type !== 'prometheus') {
    throw new Error(
      `the embedded cluster has no scaler for trigger type "${trigger.type}"; it has prometheus only, use that or a real cluster with KEDA`,
    );
  }
  if (trigger.metricType === 'Utilization') {
    throw new Error(
      "error getting scaler metric type: 'Utilization' metric type is unsupported for external metrics, allowed values are 'Value' or 'AverageValue'",
    );
  }
  const reader = new MetadataReader(trigger.metadata);
  try {
    const modes = (reader.text('authModes') ?? authParameters.authModes ?? '')
      .split(',')
      .map(mode => mode.trim())
      .filter(mode => mode !== '');
    const missing = modes.find(
      mode => !['bearer', 'basic', 'custom'].includes(mode),
    );
    if (missing !== undefined) {
      throw new Error(
        `the embedded cluster does not have authModes "${missing}"; it has bearer, basic and custom`,
      );
    }
    const namespace = reader.text('namespace');
    return {
      metricName: `s${index}-prometheus`,
      triggerName: trigger.name || 'prometheusScaler',
      metricType: trigger.metricType === 'Value' ? 'Value' : 'AverageValue',
      useCachedMetrics: trigger.useCachedMetrics ?? false,
      serverAddress: reader.required('serverAddress'),
      query: reader.required('query'),
      threshold: reader.number('threshold', reader.required('threshold')),
      activationThreshold: reader.number(
        'activationThreshold',
        reader.text('activationThreshold') ?? '0',
      ),
      ignoreNullValues: reader.boolean('ignoreNullValues', true),
      timeoutMilliseconds:
        reader.milliseconds('timeout') || DEFAULT_TIMEOUT_MILLISECONDS,
      headers: {
        ...reader.pairs('customHeaders'),
        ...authorization(modes, authParameters),
      },
      queryParameters: {
        ...(namespace === undefined ? {} : { namespace }),
        ...reader.pairs('queryParameters'),
      },
    };
  } catch (error) {
    throw new Error(
      `error parsing prometheus metadata: error parsing prometheus metadata: ${messageOf(
        error,
      )}`,
      { cause: error },
    );
  }
}
