import { parseEntityRef } from '@backstage/catalog-model';
import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ScalingApi } from './ScalingApi';
import { SnapshotFormatError } from './SnapshotFormatError';
import { snapshotSchema } from './snapshotSchema';

/** {@link ScalingApi} over the scaling backend's HTTP route. */
export class ScalingClient implements ScalingApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async getSnapshot(
    entityRef: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<ScalingSnapshot> {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    const baseUrl = await this.#discoveryApi.getBaseUrl('sportsbook-scaling');
    const response = await this.#fetchApi.fetch(
      `${baseUrl}/v1/entities/${path}/snapshot`,
      { signal: options.signal, headers: { Accept: 'application/json' } },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const parsed = snapshotSchema.safeParse(await readJson(response));
    if (!parsed.success) {
      throw new SnapshotFormatError(
        entityRef,
        parsed.error.issues.map(
          issue => `${issue.path.join('.') || '(answer)'}: ${issue.message}`,
        ),
      );
    }
    return parsed.data;
  }
}

/** The body, or undefined where it is not JSON, which no schema accepts. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
