import { PrometheusAddressError } from '../../errors/PrometheusAddressError';
import { PrometheusClient } from '../../ports/PrometheusClient';
import { LinkOutcome } from '../../model/ScalingLink';
import { ChainProbe } from '../ChainProbe';

/** The server that the trigger names answers a query. */
export async function prometheusLink(
  { openPrometheus, signal }: ChainProbe,
  serverAddress: string,
): Promise<LinkOutcome<PrometheusClient>> {
  try {
    const prometheus = await openPrometheus(serverAddress);
    await prometheus.query('vector(1)', { signal });
    return { holds: true, detail: prometheus.address, value: prometheus };
  } catch (error) {
    signal?.throwIfAborted();
    return {
      holds: false,
      reason: `the trigger's server ${serverAddress} does not answer: ${
        error instanceof Error ? error.message : String(error)
      }`,
      nextStep:
        'check that the Prometheus and its Service exist, that its pods are ready, and that serverAddress names that Service',
      hopeless: error instanceof PrometheusAddressError,
    };
  }
}
