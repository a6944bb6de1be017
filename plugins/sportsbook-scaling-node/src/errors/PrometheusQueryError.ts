import { CustomErrorBase } from '@backstage/errors';

/** Prometheus answered, and refused or could not compute the query. */
export class PrometheusQueryError extends CustomErrorBase {
  name = 'PrometheusQueryError' as const;
  /** Prometheus' own word, such as `bad_data`, `timeout` or `execution`. */
  readonly errorType: string;

  constructor(message: string, errorType: string) {
    super(message);
    this.errorType = errorType;
  }
}
