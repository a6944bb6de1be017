import type { KubeConfig } from '@kubernetes/client-node';
import { kubeConfigClient, KubeConfigClient } from '../kubernetes';
import { namespaceObject } from './objects';
import { Scenario } from './Scenario';
import { ScenarioContext } from './ScenarioContext';

/**
 * Runs a scenario in a namespace of its own, which is removed afterwards, as is
 * whatever else the scenario left.
 */
export async function runScenario(
  scenario: Scenario,
  options: {
    kubeConfig: KubeConfig;
    context: string;
    /** Of the namespace; not there yet. */
    namespace: string;
    /** Default: all. */
    mostDefinitions?: number;
  },
): Promise<void> {
  const { kubeConfig, context, namespace } = options;
  const connections: KubeConfigClient[] = [];
  const connect = async (as: KubeConfig) => {
    const connection = await kubeConfigClient({ kubeConfig: as, context });
    connections.push(connection);
    return connection.client;
  };
  const client = await connect(kubeConfig);
  const clientAs = async (user: string) =>
    await connect(await impersonating(kubeConfig, user));
  const scenarioContext = new ScenarioContext({
    client,
    namespace,
    clientAs,
    mostDefinitions: options.mostDefinitions,
  });
  try {
    await client.apply(namespaceObject(namespace));
    await scenario.run(scenarioContext);
  } finally {
    await Promise.all(
      [
        ...scenarioContext.leftovers,
        scenarioContext.refOf(namespaceObject(namespace)),
      ].map(ref => client.delete(ref)),
    );
    connections.forEach(connection => connection.close());
  }
}

/** The same contexts, each in the name of another user. */
async function impersonating(
  kubeConfig: KubeConfig,
  user: string,
): Promise<KubeConfig> {
  const clientNode = await import('@kubernetes/client-node');
  const copy = new clientNode.KubeConfig();
  copy.loadFromOptions({
    clusters: kubeConfig.getClusters(),
    users: kubeConfig
      .getUsers()
      .map(known => ({ ...known, impersonateUser: user })),
    contexts: kubeConfig.getContexts(),
    currentContext: kubeConfig.getCurrentContext(),
  });
  return copy;
}
