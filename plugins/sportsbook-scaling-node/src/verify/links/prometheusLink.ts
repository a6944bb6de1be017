import { PrometheusCredentialsError } from '../../errors/PrometheusCredentialsError';
import { PrometheusAddressError } from '../../errors/PrometheusAddressError';
import { PrometheusClient } from '../../ports/PrometheusClient';
import { LinkOutcome } from '../../model/ScalingLink';
import { ChainProbe } from '../ChainProbe';

/**
 * The server that the trigger names answers a query. One that lets nobody but
 * KEDA in cannot be asked: what KEDA reads there is proved by the links after
 * it.
 *
 * @param options.authenticatedBy - the object by which KEDA proves itself there
 * @returns with undefined as value where it answers KEDA alone
 */
export async function prometheusLink(
  { openPrometheus, signal }: ChainProbe,
  options: { serverAddress: string; authenticatedBy?: string },
): Promise<LinkOutcome<PrometheusClient | undefined>> {
  const { serverAddress, authenticatedBy } = options;
  try {
    const prometheus = await openPrometheus(serverAddress);
    await prometheus.query('vector(1)', { signal });
    return { holds: true, detail: prometheus.address, value: prometheus };
  } catch (error) {
    signal?.throwIfAborted();
    if (
      error instanceof PrometheusCredentialsError &&
      authenticatedBy !== undefined
    ) {
      return {
        holds: true,
        detail: `${serverAddress} answers those with credentials, which KEDA has (${authenticatedBy}) and Backstage has not`,
        value: undefined,
      };
    }
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
