import { PrometheusUnreachableError } from '../errors';
import { anySignal } from '../kubernetes/anySignal';
import { networkReason } from '../kubernetes/networkReason';
import { PrometheusTransport } from './PrometheusTransport';

const TIMEOUT_SECONDS = 30;

/** To a URL that the configuration allows. */
export class DirectTransport implements PrometheusTransport {
  readonly address: string;
  readonly #headers: Record<string, string>;

  /**
   * @param url - without an ending slash
   * @param headers - sent with each request
   */
  constructor(url: string, headers: Record<string, string> = {}) {
    this.address = url;
    this.#headers = headers;
  }

  async get(path: string, options: { signal?: AbortSignal }) {
    const timeout = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
    try {
      const response = await fetch(`${this.address}${path}`, {
        headers: { ...this.#headers, Accept: 'application/json' },
        // A redirect could lead to an address that is not allowed.
        redirect: 'manual',
        signal: anySignal(timeout, options.signal),
      });
      return {
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        text: await response.text(),
      };
    } catch (error) {
      options.signal?.throwIfAborted();
      throw new PrometheusUnreachableError(
        `Prometheus at ${this.address} cannot be reached: ${
          timeout.aborted
            ? `no answer within ${TIMEOUT_SECONDS} s`
            : networkReason(error)
        }. Check that it runs and that Backstage's host can connect to it.`,
        error,
      );
    }
  }
}
