import { createApiRef } from '@backstage/frontend-plugin-api';
import type { PrometheusChoices } from '@sportsbook/plugin-sportsbook-scaling-common';

/** Which service a server is to scrape, and for whom it is asked. */
export interface PrometheusServersQuestion {
  cluster: string;
  namespace: string;
  /** Name of the service; default: none yet. */
  service?: string;
  /** Entity ref of the template whose form asks; default: any. */
  templateRef?: string;
  /** The user's own Kubernetes token, where the cluster is reached with it. */
  userToken?: string;
  signal?: AbortSignal;
}

/** Reads which Prometheus servers of a cluster would scrape a service. */
export interface PrometheusServersApi {
  /**
   * @throws ResponseError with 403 for a namespace that the user may create nothing in
   */
  getPrometheusServers(
    question: PrometheusServersQuestion,
  ): Promise<PrometheusChoices>;
}

/** The {@link PrometheusServersApi} of the app. */
export const prometheusServersApiRef =
  createApiRef<PrometheusServersApi>().with({
    id: 'plugin.sportsbook-scaling.prometheus-servers',
    pluginId: 'sportsbook-scaling',
  });
