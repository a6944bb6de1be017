import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from './ApiClient.mjs';
import { readKubeconfig } from './readKubeconfig.mjs';
import { serviceManifests } from './serviceManifests.mjs';

const PATIENCE_MILLISECONDS = 90_000;
const PAUSE_MILLISECONDS = 250;

/** Applies what the template makes, and waits until all of it works. */
export async function deployService(server) {
  const client = new ApiClient(readKubeconfig(server.kubeconfig), 4);
  try {
    const manifests = serviceManifests();
    for (const { path, body } of manifests) {
      await client.apply(path, body);
    }
    const end = performance.now() + PATIENCE_MILLISECONDS;
    for (const { path, object } of manifests) {
      while (!isReady(await client.send('GET', path))) {
        if (performance.now() > end) {
          throw new Error(
            `${object.kind} ${object.metadata.name} was not ready within ${
              PATIENCE_MILLISECONDS / 1_000
            } s`,
          );
        }
        await sleep(PAUSE_MILLISECONDS);
      }
    }
  } finally {
    client.close();
  }
}

/** What says that an object of these kinds works; others are ready when they are there. */
function isReady({ kind, spec, status }) {
  const isTrue = type =>
    status?.conditions?.some(
      condition => condition.type === type && condition.status === 'True',
    ) ?? false;
  switch (kind) {
    case 'Deployment':
      return status?.readyReplicas === 2 && spec.replicas === 2;
    case 'Prometheus':
      return isTrue('Available');
    case 'ScaledObject':
      return isTrue('Ready');
    default:
      return true;
  }
}
