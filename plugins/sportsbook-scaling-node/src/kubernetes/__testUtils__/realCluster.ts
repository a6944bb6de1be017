import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { Upstream } from './RecordedApiServer';

/** The cluster that the environment names for tests; undefined without one. */
export async function realCluster(): Promise<
  { kubeConfig: KubeConfig; context: string; upstream: Upstream } | undefined
> {
  const { SPORTSBOOK_TEST_KUBECONFIG: file, SPORTSBOOK_TEST_CONTEXT: context } =
    process.env;
  if (!file || !context) {
    return undefined;
  }
  const clientNode = await import('@kubernetes/client-node');
  const kubeConfig = new clientNode.KubeConfig();
  kubeConfig.loadFromFile(file);
  kubeConfig.setCurrentContext(context);
  const server = kubeConfig.getCurrentCluster()?.server;
  if (!server) {
    throw new Error(`${file} has no cluster for context ${context}`);
  }
  return {
    kubeConfig,
    context,
    upstream: {
      server,
      async options() {
        const options: RequestOptions = {};
        await kubeConfig.applyToHTTPSOptions(options);
        return options;
      },
    },
  };
}
