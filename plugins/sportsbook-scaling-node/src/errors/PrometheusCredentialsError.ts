import { CustomErrorBase } from '@backstage/errors';

/** A Prometheus server answered that it wants credentials, which Backstage has none of. */
export class PrometheusCredentialsError extends CustomErrorBase {
  name = 'PrometheusCredentialsError' as const;
}
