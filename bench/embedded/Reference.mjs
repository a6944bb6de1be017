import { ApiClient } from './ApiClient.mjs';
import { readKubeconfig } from './readKubeconfig.mjs';

/** A namespace of its own on a real cluster, to be measured beside the embedded one. */
export class Reference {
  access;
  namespace = `bench-${process.pid}`;

  static async open(kubeconfig) {
    const reference = new Reference();
    reference.access = readKubeconfig(kubeconfig);
    await reference.#send('POST', '/api/v1/namespaces', {
      body: JSON.stringify({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: reference.namespace },
      }),
    });
    return reference;
  }

  /** Removes the namespace with all that is in it. */
  async close() {
    await this.#send('DELETE', `/api/v1/namespaces/${this.namespace}`);
  }

  async #send(method, path, options) {
    const client = new ApiClient(this.access, 1);
    try {
      return await client.send(method, path, options);
    } finally {
      client.close();
    }
  }
}
