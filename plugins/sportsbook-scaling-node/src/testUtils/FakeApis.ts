import { ApiNotInstalledError } from '../errors';
import { ApiCatalog, ApiResource } from '../ports/KubernetesClient';
import { KNOWN_RESOURCES } from './knownResources';

/** Status of a definition whose kind is served. */
export const ESTABLISHED = {
  conditions: [
    { type: 'NamesAccepted', status: 'True' },
    { type: 'Established', status: 'True' },
  ],
};

/** The kinds that a {@link FakeCluster} serves. */
export class FakeApis {
  #resources: ApiResource[] = [...KNOWN_RESOURCES];

  add(resources: ApiResource[]): void {
    this.#resources.push(...resources);
  }

  removeGroup(group: string): void {
    this.#resources = this.#resources.filter(
      ({ apiVersion }) => !apiVersion.startsWith(`${group}/`),
    );
  }

  catalog(): ApiCatalog {
    const resources = [...this.#resources];
    return {
      resources: () => resources,
      find: (apiVersion, kind) =>
        resources.find(
          resource =>
            resource.apiVersion === apiVersion && resource.kind === kind,
        ),
    };
  }

  resourceOf(kind: { apiVersion: string; kind: string }): ApiResource {
    const found = this.catalog().find(kind.apiVersion, kind.kind);
    if (found === undefined) {
      throw new ApiNotInstalledError(`no ${kind.kind} is served`, kind);
    }
    return found;
  }
}
