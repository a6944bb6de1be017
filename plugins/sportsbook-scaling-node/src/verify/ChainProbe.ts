import { ScaledObjectView } from '@sportsbook/plugin-sportsbook-scaling-common';
import { KubernetesClient } from '../ports/KubernetesClient';
import { PrometheusClient } from '../ports/PrometheusClient';

/** What every link is looked at with. */
export interface ChainProbe {
  client: KubernetesClient;
  /** Opens the server that a trigger names; rejects where that is not allowed. */
  openPrometheus: (
    serverAddress: string,
  ) => PrometheusClient | Promise<PrometheusClient>;
  namespace: string;
  scaledObject: ScaledObjectView;
  signal?: AbortSignal;
}
