import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  ClusterChoices,
  KUBERNETES_TOKEN_HEADER,
  NamespaceChoices,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import type { FormChoicesApi } from './FormChoicesApi';

const clusterChoicesSchema: z.ZodType<ClusterChoices> = z.object({
  clusters: z.array(
    z.object({
      name: z.string(),
      access: z.enum(['sharedAccount', 'userToken']),
    }),
  ),
  refusal: z.object({ reason: z.string(), nextStep: z.string() }).optional(),
});

const namespaceChoicesSchema: z.ZodType<NamespaceChoices> = z.object({
  existing: z.union([
    z.object({ status: z.literal('listed'), names: z.array(z.string()) }),
    z.object({
      status: z.enum(['forbidden', 'unreachable', 'tokenNeeded', 'failed']),
      message: z.string(),
    }),
  ]),
  allowed: z.array(z.string()),
  newNamePattern: z.string().optional(),
});

/** {@link FormChoicesApi} over the scaling backend's HTTP routes. */
export class FormChoicesClient implements FormChoicesApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async getClusters(
    options: { templateRef?: string; signal?: AbortSignal } = {},
  ): Promise<ClusterChoices> {
    return clusterChoicesSchema.parse(await this.#get('/v1/clusters', options));
  }

  async getNamespaces(
    cluster: string,
    options: {
      templateRef?: string;
      userToken?: string;
      signal?: AbortSignal;
    } = {},
  ): Promise<NamespaceChoices> {
    return namespaceChoicesSchema.parse(
      await this.#get(
        `/v1/clusters/${encodeURIComponent(cluster)}/namespaces`,
        options,
      ),
    );
  }

  async #get(
    path: string,
    options: {
      templateRef?: string;
      userToken?: string;
      signal?: AbortSignal;
    },
  ): Promise<unknown> {
    const { templateRef, userToken, signal } = options;
    const baseUrl = await this.#discoveryApi.getBaseUrl('sportsbook-scaling');
    const query =
      templateRef === undefined
        ? ''
        : `?${new URLSearchParams({ template: templateRef })}`;
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}${query}`, {
      signal,
      headers: {
        Accept: 'application/json',
        // A header: addresses end up in the logs of whatever lies in between.
        ...(userToken === undefined
          ? {}
          : { [KUBERNETES_TOKEN_HEADER]: userToken }),
      },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return await response.json();
  }
}
