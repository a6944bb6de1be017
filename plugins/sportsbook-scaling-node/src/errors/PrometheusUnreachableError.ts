import { CustomErrorBase } from '@backstage/errors';
import { keepCause } from './keepCause';

/** Nothing that speaks for the Prometheus server answered. */
export class PrometheusUnreachableError extends CustomErrorBase {
  name = 'PrometheusUnreachableError' as const;

  constructor(message: string, cause?: unknown) {
    super(message);
    keepCause(this, cause);
  }
}
