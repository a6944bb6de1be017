import { isError } from '@backstage/errors';
import { z } from 'zod/v3';
import { RegistrySettings } from '../imageSettings';
import { ImageRegistryError } from './ImageRegistryError';
import { parseBearerChallenge } from './bearerChallenge';
import { registryRefusal } from './registryRefusal';

const CALL_TIMEOUT_MILLISECONDS = 30_000;

const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const platform = z.object({ os: z.string(), architecture: z.string() });

/** https://github.com/opencontainers/image-spec/blob/main/image-index.md and manifest.md */
const manifestSchema = z.union([
  z.object({ manifests: z.array(z.object({ platform: platform.optional() })) }),
  z.object({ config: z.object({ digest: z.string() }) }),
]);

/** A repository whose tags are all gone has null. */
const tagsSchema = z.object({ tags: z.array(z.string()).nullish() });

const tokenSchema = z
  .object({ token: z.string().optional(), access_token: z.string().optional() })
  .transform(answer => answer.token ?? answer.access_token)
  .pipe(z.string());

interface CallOptions {
  signal?: AbortSignal;
}

/** What may be done with one repository, and the proof of it. */
export interface RepositoryAccess {
  repository: string;
  /** Value of the header `Authorization`; undefined: the registry asks for none. */
  authorization: string | undefined;
}

/** The part of the OCI distribution API that is asked before and after a build. */
export class RegistryClient {
  /** Base of all routes, ending in `/v2/`. */
  readonly apiUrl: string;
  /** As image references name the registry. */
  readonly registry: string;

  constructor(private readonly settings: RegistrySettings) {
    this.registry = settings.registry;
    // Docker Hub's images are named after a host that does not serve them.
    const host =
      settings.registry === 'docker.io'
        ? 'registry-1.docker.io'
        : settings.registry;
    this.apiUrl = `${settings.insecure ? 'http' : 'https'}://${host}/v2/`;
  }

  /**
   * Signs in for one repository: with the configured credentials, through the
   * token service where the registry names one.
   */
  async access(
    repository: string,
    actions: 'pull' | 'pull,push' | 'pull,delete',
    options: CallOptions = {},
  ): Promise<RepositoryAccess> {
    const { username, password } = this.settings;
    const basic =
      username === undefined || password === undefined
        ? undefined
        : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const ping = await this.call(this.apiUrl, {}, options);
    if (ping.ok) {
      return { repository, authorization: basic };
    }
    const challenge = parseBearerChallenge(
      ping.headers.get('www-authenticate'),
    );
    if (ping.status !== 401) {
      throw this.refusal(ping.status, 'the check that it is a registry');
    }
    if (challenge === undefined) {
      if (basic === undefined) {
        throw this.refusal(401, `access to ${repository}`);
      }
      return { repository, authorization: basic };
    }

    const url = new URL(challenge.realm, this.apiUrl);
    if (basic !== undefined && url.protocol !== new URL(this.apiUrl).protocol) {
      throw new ImageRegistryError(
        `Registry ${this.registry} asks for its credentials at ${url.origin}, by another protocol than its own; they were not sent. Correct 'insecure' of that registry in sportsbookScaling.image`,
        this.registry,
        'denied',
      );
    }
    if (challenge.service !== undefined) {
      url.searchParams.set('service', challenge.service);
    }
    url.searchParams.set('scope', `repository:${repository}:${actions}`);
    const answer = await this.call(
      url.href,
      basic === undefined ? {} : { headers: { authorization: basic } },
      options,
    );
    const token = tokenSchema.safeParse(
      answer.ok ? await answer.json() : undefined,
    );
    if (!token.success) {
      throw this.refusal(answer.status, `a token for ${repository}`);
    }
    return { repository, authorization: `Bearer ${token.data}` };
  }

  /** @throws ImageRegistryError unless a push to the repository may begin. */
  async assertPushable(
    access: RepositoryAccess,
    options: CallOptions = {},
  ): Promise<void> {
    const answer = await this.call(
      `${this.apiUrl}${access.repository}/blobs/uploads/`,
      { method: 'POST', headers: this.headers(access) },
      options,
    );
    if (answer.status !== 202) {
      throw this.refusal(answer.status, `a push to ${access.repository}`);
    }
    const upload = answer.headers.get('location');
    if (upload !== null) {
      // Registries collect uploads that are never finished; this is a courtesy.
      await this.call(
        new URL(upload, this.apiUrl).href,
        { method: 'DELETE', headers: this.headers(access) },
        options,
      ).catch(() => undefined);
    }
  }

  /** Platforms that an image is there for, as `os/architecture`. */
  async platforms(
    access: RepositoryAccess,
    reference: string,
    options: CallOptions = {},
  ): Promise<string[]> {
    const read = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
      const answer = await this.call(
        `${this.apiUrl}${access.repository}/${path}`,
        { headers: { accept: MANIFEST_TYPES, ...this.headers(access) } },
        options,
      );
      if (!answer.ok) {
        throw this.refusal(
          answer.status,
          `the image ${access.repository}:${reference}`,
        );
      }
      const body = schema.safeParse(await answer.json());
      if (!body.success) {
        throw new ImageRegistryError(
          `What registry ${this.registry} has as ${access.repository}:${reference} is not a container image`,
          this.registry,
          'unexpected',
        );
      }
      return body.data;
    };
    const manifest = await read(`manifests/${reference}`, manifestSchema);
    const platforms =
      'manifests' in manifest
        ? manifest.manifests.map(entry => entry.platform)
        : [await read(`blobs/${manifest.config.digest}`, platform)];
    return [
      ...new Set(
        platforms.flatMap(entry =>
          entry === undefined ? [] : [`${entry.os}/${entry.architecture}`],
        ),
      ),
    ];
  }

  /** Whether the registry has the image of this digest. */
  async hasImage(
    access: RepositoryAccess,
    digest: string,
    options: CallOptions = {},
  ): Promise<boolean> {
    const answer = await this.call(
      `${this.apiUrl}${access.repository}/manifests/${digest}`,
      {
        method: 'HEAD',
        headers: { accept: MANIFEST_TYPES, ...this.headers(access) },
      },
      options,
    );
    if (answer.status === 404) {
      return false;
    }
    if (!answer.ok) {
      throw this.refusal(answer.status, `${access.repository}@${digest}`);
    }
    return true;
  }

  /** Digests of all images that have a tag, each once; none: there is no such repository. */
  async taggedDigests(
    access: RepositoryAccess,
    options: CallOptions = {},
  ): Promise<string[]> {
    const digests = new Set<string>();
    let next:
      | string
      | undefined = `${this.apiUrl}${access.repository}/tags/list`;
    while (next !== undefined) {
      const answer: Response = await this.call(
        next,
        { headers: this.headers(access) },
        options,
      );
      if (answer.status === 404) {
        break;
      }
      const page = tagsSchema.safeParse(
        answer.ok ? await answer.json() : undefined,
      );
      if (!page.success) {
        throw this.refusal(answer.status, `the tags of ${access.repository}`);
      }
      for (const tag of page.data.tags ?? []) {
        const digest = await this.digestOf(access, tag, options);
        if (digest !== undefined) {
          digests.add(digest);
        }
      }
      const link = /<([^>]+)>;\s*rel="?next"?/.exec(
        answer.headers.get('link') ?? '',
      )?.[1];
      next = link === undefined ? undefined : new URL(link, this.apiUrl).href;
    }
    return [...digests];
  }

  /**
   * Removes an image and its tags. What its layers hold goes when the registry
   * collects its garbage.
   *
   * @returns whether there was such an image
   * @throws ImageRegistryError, with reason `unsupported` where the registry removes
   * nothing through its API
   */
  async deleteImage(
    access: RepositoryAccess,
    digest: string,
    options: CallOptions = {},
  ): Promise<boolean> {
    const answer = await this.call(
      `${this.apiUrl}${access.repository}/manifests/${digest}`,
      { method: 'DELETE', headers: this.headers(access) },
      options,
    );
    await answer.body?.cancel();
    if (answer.status === 404) {
      return false;
    }
    if (!answer.ok) {
      throw this.refusal(
        answer.status,
        `removing ${access.repository}@${digest}`,
      );
    }
    return true;
  }

  private async digestOf(
    access: RepositoryAccess,
    tag: string,
    options: CallOptions,
  ): Promise<string | undefined> {
    const answer = await this.call(
      `${this.apiUrl}${access.repository}/manifests/${tag}`,
      {
        method: 'HEAD',
        headers: { accept: MANIFEST_TYPES, ...this.headers(access) },
      },
      options,
    );
    if (!answer.ok && answer.status !== 404) {
      throw this.refusal(answer.status, `${access.repository}:${tag}`);
    }
    return answer.headers.get('docker-content-digest') ?? undefined;
  }

  private headers(access: RepositoryAccess): Record<string, string> {
    return access.authorization === undefined
      ? {}
      : { authorization: access.authorization };
  }

  private async call(
    url: string,
    init: RequestInit,
    { signal }: CallOptions,
  ): Promise<Response> {
    const timeout = AbortSignal.timeout(CALL_TIMEOUT_MILLISECONDS);
    try {
      return await fetch(url, {
        ...init,
        signal:
          signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
    } catch (error) {
      signal?.throwIfAborted();
      // fetch() says only that it failed; the reason is in the cause.
      const cause = isError(error) ? error.cause ?? error : error;
      const reason = isError(cause) ? cause.message : String(cause);
      throw new ImageRegistryError(
        `Registry ${this.registry} does not answer at ${
          new URL(url).origin
        }: ${reason}. Check sportsbookScaling.image, and that the Backstage backend reaches that address`,
        this.registry,
        'unreachable',
        error,
      );
    }
  }

  private refusal(status: number, what: string): ImageRegistryError {
    const { registry, username } = this.settings;
    return registryRefusal({ registry, username, status, what });
  }
}
