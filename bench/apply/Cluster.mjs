import { setTimeout } from 'node:timers/promises';
import { ApiClient } from '../embedded/ApiClient.mjs';
import { readKubeconfig } from '../embedded/readKubeconfig.mjs';

const CONNECTIONS = 16;
const GONE_SECONDS = 120;
const POLL_MILLISECONDS = 100;
const ESTABLISHED_SECONDS = 60;

/** A real cluster, by raw requests: to clear it before each round, and as the floor of what can be had. */
export class Cluster {
  access;
  #client;
  #plurals = new Map();

  constructor(kubeconfig) {
    this.access = readKubeconfig(kubeconfig);
    this.#client = new ApiClient(this.access, CONNECTIONS);
  }

  close() {
    this.#client.close();
  }

  /** Deletes the objects and waits until they are gone. What goes with its definition or namespace needs no call. */
  async remove(objects) {
    const roots = objects.filter(
      ({ kind, metadata }) =>
        kind === 'CustomResourceDefinition' ||
        kind === 'Namespace' ||
        kind.startsWith('Cluster') ||
        (kind === 'ConfigMap' && metadata.namespace !== undefined),
    );
    const paths = await Promise.all(roots.map(object => this.#path(object)));
    await Promise.all(paths.map(path => this.#send('DELETE', path)));
    const deadline = performance.now() + GONE_SECONDS * 1_000;
    for (const path of paths) {
      while ((await this.#send('GET', path)) !== undefined) {
        if (performance.now() > deadline) {
          throw new Error(
            `${path} is still there ${GONE_SECONDS} s after its deletion.`,
          );
        }
        await setTimeout(POLL_MILLISECONDS);
      }
    }
  }

  /** One server-side apply for each object, as many at a time as there are connections. */
  async applyAll(objects) {
    await Promise.all(
      objects.map(async object =>
        this.#client.apply(await this.#path(object), JSON.stringify(object)),
      ),
    );
  }

  /** Until every definition is established, and served. */
  async established(definitions) {
    const deadline = performance.now() + ESTABLISHED_SECONDS * 1_000;
    await Promise.all(
      definitions.map(async definition => {
        const path = await this.#path(definition);
        const { group, versions } = definition.spec;
        while (
          !isEstablished(await this.#send('GET', path)) ||
          (await this.#send('GET', `/apis/${group}/${versions[0].name}`)) ===
            undefined
        ) {
          if (performance.now() > deadline) {
            throw new Error(`${path} is not established.`);
          }
          await setTimeout(POLL_MILLISECONDS / 4);
        }
      }),
    );
    for (const { spec } of definitions) {
      for (const { name } of spec.versions) {
        this.#plurals.delete(`${spec.group}/${name}`);
      }
    }
  }

  /** Undefined: it is not there. */
  async #send(method, path) {
    try {
      return await this.#client.send(method, path);
    } catch (error) {
      if (error.message.includes(': 404 ')) {
        return undefined;
      }
      throw error;
    }
  }

  async #path({ apiVersion, kind, metadata }) {
    const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
    let plurals = this.#plurals.get(apiVersion);
    if (plurals === undefined) {
      const { resources } = await this.#client.send('GET', root);
      plurals = new Map(
        resources
          .filter(({ name }) => !name.includes('/'))
          .map(one => [one.kind, one.name]),
      );
      this.#plurals.set(apiVersion, plurals);
    }
    return `${root}${
      metadata.namespace === undefined
        ? ''
        : `/namespaces/${metadata.namespace}`
    }/${plurals.get(kind)}/${metadata.name}`;
  }
}

function isEstablished(definition) {
  return definition?.status?.conditions?.some(
    ({ type, status }) => type === 'Established' && status === 'True',
  );
}
