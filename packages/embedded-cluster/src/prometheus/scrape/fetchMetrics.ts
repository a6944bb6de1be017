import { STATUS_CODES } from 'node:http';
import type { ClusterNetwork } from '../../ports/ClusterNetwork';
import type { ScrapeConfig } from '../config/parsePrometheusConfig';
import type { ScrapeProtocol } from '../config/scrapeConfigSchema';
import type { ExpositionFormat } from './parseExposition';
import type { ScrapeTarget } from './scrapeTarget';
import { messageOf } from '../../runtime/messageOf';

/** Most bytes that one target may expose. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

const MEDIA_TYPES: Readonly<Record<ScrapeProtocol, string>> = {
  PrometheusProto:
    'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited',
  'OpenMetricsText1.0.0': 'application/openmetrics-text;version=1.0.0',
  'OpenMetricsText0.0.1': 'application/openmetrics-text;version=0.0.1',
  'PrometheusText1.0.0': 'text/plain;version=1.0.0',
  'PrometheusText0.0.4': 'text/plain;version=0.0.4',
};

/** A scrape that failed; its message is what the target shows. */
export class ScrapeError extends Error {
  readonly name = 'ScrapeError' as const;
}

/** In the order of wishes; the binary format, which is not parsed here, is not wished for. */
export function acceptHeader(
  protocols: readonly ScrapeProtocol[],
  escaping: string,
): string {
  const texts = protocols.filter(protocol => protocol !== 'PrometheusProto');
  return [
    ...texts.map((protocol, index) => {
      const names = protocol.endsWith('1.0.0') ? `;escaping=${escaping}` : '';
      return `${MEDIA_TYPES[protocol]}${names};q=0.${texts.length + 1 - index}`;
    }),
    '*/*;q=0.1',
  ].join(',');
}

function formatOf(
  contentType: string | null,
  fallback: ScrapeProtocol | undefined,
): ExpositionFormat {
  const mediaType = contentType?.split(';')[0].trim().toLowerCase() ?? '';
  switch (mediaType) {
    case 'application/openmetrics-text':
      return 'openmetrics';
    case 'text/plain':
      return 'text';
    default:
      if (fallback === undefined || fallback === 'PrometheusProto') {
        throw new ScrapeError(
          mediaType === ''
            ? 'non-compliant scrape target sending blank Content-Type and no fallback_scrape_protocol specified for target'
            : `received unsupported Content-Type "${contentType}" and no fallback_scrape_protocol specified for target`,
        );
      }
      return fallback.startsWith('OpenMetrics') ? 'openmetrics' : 'text';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error
    ? Reflect.get(error.cause, 'code')
    : undefined;
}

function failure(
  error: unknown,
  url: string,
  signals: { stop: AbortSignal; timeout: AbortSignal },
): ScrapeError {
  if (error instanceof ScrapeError) {
    return error;
  }
  const where = `Get ${JSON.stringify(url)}`;
  const { host, hostname } = new URL(url);
  if (signals.timeout.aborted) {
    return new ScrapeError(`${where}: context deadline exceeded`);
  }
  if (signals.stop.aborted) {
    return new ScrapeError(`${where}: context canceled`);
  }
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
      return new ScrapeError(
        `${where}: dial tcp ${host}: connect: connection refused`,
      );
    case 'ENOTFOUND':
      return new ScrapeError(
        `${where}: dial tcp: lookup ${hostname}: no such host`,
      );
    default: {
      const cause =
        error instanceof Error && error.cause instanceof Error
          ? error.cause
          : error;
      return new ScrapeError(`${where}: ${messageOf(cause)}`);
    }
  }
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body) {
    for await (const chunk of response.body) {
      size += chunk.byteLength;
      if (size > MAX_BODY_BYTES) {
        throw new ScrapeError('body size limit exceeded');
      }
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

export interface FetchMetricsOptions {
  network: Pick<ClusterNetwork, 'fetch'>;
  config: ScrapeConfig;
  target: ScrapeTarget;
  /** Aborted when the target's time is over. */
  timeout: AbortSignal;
  /** Aborted when nobody wants the answer any more. */
  stop: AbortSignal;
}

/**
 * Asks a target for its metrics.
 *
 * @throws ScrapeError with the message of a real Prometheus where there is one
 */
export async function fetchMetrics({
  network,
  config,
  target,
  timeout,
  stop,
}: FetchMetricsOptions): Promise<{ text: string; format: ExpositionFormat }> {
  try {
    const response = await network.fetch(target.url, {
      headers: {
        Accept: acceptHeader(
          config.scrape_protocols,
          config.metric_name_escaping_scheme,
        ),
        ...(config.enable_compression ? { 'Accept-Encoding': 'gzip' } : {}),
        'User-Agent': 'Prometheus/embedded',
        'X-Prometheus-Scrape-Timeout-Seconds': String(
          target.timeoutMilliseconds / 1000,
        ),
      },
      redirect: config.follow_redirects ? 'follow' : 'manual',
      signal: AbortSignal.any([timeout, stop]),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      const text = STATUS_CODES[response.status] ?? '';
      throw new ScrapeError(
        `server returned HTTP status ${response.status} ${text}`.trim(),
      );
    }
    const format = formatOf(
      response.headers.get('content-type'),
      config.fallback_scrape_protocol,
    );
    return { text: await readBody(response), format };
  } catch (error) {
    throw failure(error, target.url, { stop, timeout });
  }
}
