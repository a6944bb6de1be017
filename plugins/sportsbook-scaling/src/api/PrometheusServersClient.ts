import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  KUBERNETES_TOKEN_HEADER,
  PrometheusChoices,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { prometheusChoicesSchema } from './prometheusChoicesSchema';
import type {
  PrometheusServersApi,
  PrometheusServersQuestion,
} from './PrometheusServersApi';

/** {@link PrometheusServersApi} over the scaling backend's HTTP route. */
export class PrometheusServersClient implements PrometheusServersApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async getPrometheusServers({
    cluster,
    namespace,
    service,
    templateRef,
    userToken,
    signal,
  }: PrometheusServersQuestion): Promise<PrometheusChoices> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('sportsbook-scaling');
    const query = new URLSearchParams({
      namespace,
      ...(service !== undefined && { service }),
      ...(templateRef !== undefined && { template: templateRef }),
    });
    const response = await this.#fetchApi.fetch(
      `${baseUrl}/v1/clusters/${encodeURIComponent(
        cluster,
      )}/prometheus-servers?${query}`,
      {
        signal,
        headers: {
          Accept: 'application/json',
          // A header: addresses end up in the logs of whatever lies in between.
          ...(userToken !== undefined && {
            [KUBERNETES_TOKEN_HEADER]: userToken,
          }),
        },
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return prometheusChoicesSchema.parse(await response.json());
  }
}
