import { CustomErrorBase } from '@backstage/errors';

/** A Prometheus address that may not be asked, or is none. */
export class PrometheusAddressError extends CustomErrorBase {
  name = 'PrometheusAddressError' as const;
}
