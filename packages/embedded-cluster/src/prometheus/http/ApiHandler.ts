import type { Clock } from '../../model/Clock';
import type { PrometheusServer } from '../PrometheusServer';
import type { ApiBody } from './answerBody';

export interface ApiContext {
  server: PrometheusServer;
  clock: Clock;
  /** The pod's name, which is the server's host name. */
  hostname: string;
}

/** Answers one endpoint of the HTTP API. @throws ApiError and the errors of PromQL */
export type ApiHandler = (
  context: ApiContext,
  parameters: URLSearchParams,
  signal: AbortSignal,
) => ApiBody | Promise<ApiBody>;

export function success(data: unknown, warnings: string[] = []): ApiBody {
  return {
    status: 'success',
    data,
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

/** Cuts a list at the limit that the request names, saying so. */
export function limited(items: readonly unknown[], limit: number): ApiBody {
  return items.length > limit
    ? success(items.slice(0, limit), ['results truncated due to limit'])
    : success(items);
}
