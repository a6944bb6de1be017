import { InputError } from '@backstage/errors';
import { ObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ApiNotInstalledError } from '../errors';
import { ApiResource, CallOptions } from '../ports/KubernetesClient';
import { Discovery } from './Discovery';
import { resourcePath } from './resourcePath';

/** A kind that a copy of this age does not have may have been installed since. */
const MISS_IS_CHECKED_AFTER_SECONDS = 2;

/** Looks kinds up before they are asked for. */
export class ServedKinds {
  readonly #cluster: string;
  readonly #discovery: Discovery;

  constructor(cluster: string, discovery: Discovery) {
    this.#cluster = cluster;
    this.#discovery = discovery;
  }

  /**
   * @param action - what the kind is needed for, for the message
   * @throws ApiNotInstalledError
   */
  async resource(
    { apiVersion, kind }: { apiVersion: string; kind: string },
    action: string,
    options: CallOptions,
  ): Promise<ApiResource> {
    const { signal } = options;
    const known = await this.#discovery.catalog({ signal });
    let found = known.find(apiVersion, kind);
    if (
      !found &&
      this.#discovery.ageSeconds() > MISS_IS_CHECKED_AFTER_SECONDS
    ) {
      const fresh = await this.#discovery.catalog({ signal, fresh: true });
      found = fresh.find(apiVersion, kind);
    }
    if (!found) {
      throw new ApiNotInstalledError(
        `Cluster ${
          this.#cluster
        } does not serve ${kind} of ${apiVersion}, so it could not ${action}. Install the operator or definition that brings it.`,
        { apiVersion, kind },
      );
    }
    return found;
  }

  /**
   * Path of one object.
   *
   * @throws ApiNotInstalledError
   * @throws InputError where its kind lives in a namespace and the ref names none
   */
  async objectPath(
    ref: ObjectRef,
    action: string,
    options: CallOptions,
  ): Promise<string> {
    const resource = await this.resource(ref, action, options);
    if (resource.namespaced && !ref.namespace) {
      throw new InputError(
        `${ref.kind} ${ref.name} needs a namespace: objects of this kind live in one`,
      );
    }
    return resourcePath(resource, ref);
  }
}
