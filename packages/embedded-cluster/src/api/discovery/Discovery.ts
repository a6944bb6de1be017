import { createHash } from 'node:crypto';
import type { ApiServices } from '../ApiServerOptions';
import { send, toJson } from '../answer/send';
import type { Exchange } from '../request/Exchange';
import { noSuchResource } from '../verbs/refusals';
import {
  aggregatedDocument,
  type DiscoveryVersion,
} from './aggregatedDocument';
import {
  apiGroup,
  apiGroupList,
  apiResourceList,
  apiVersions,
} from './plainDocuments';
import { servedGroups, type ServedGroup } from './ServedApi';

interface Aggregated {
  body: string;
  etag: string;
}

/** Says which kinds there are, in the old documents and in the one that holds all. */
export class Discovery {
  readonly #services: ApiServices;
  #groups: readonly ServedGroup[] | undefined;
  readonly #aggregated = new Map<string, Aggregated>();
  readonly #stop: () => void;

  constructor(services: ApiServices) {
    this.#services = services;
    this.#stop = services.objects.onTypesChanged(() => {
      this.#groups = undefined;
      this.#aggregated.clear();
    });
  }

  close(): void {
    this.#stop();
  }

  groups(): readonly ServedGroup[] {
    this.#groups ??= servedGroups(this.#services);
    return this.#groups;
  }

  group(name: string): ServedGroup | undefined {
    return this.groups().find(({ group }) => group === name);
  }

  /**
   * @returns false for a path that discovery does not have
   * @throws StatusError 404 for a version that a built-in group does not have
   */
  async answer(exchange: Exchange): Promise<boolean> {
    const [root, ...parts] = exchange.info.path
      .replace(/\/$/, '')
      .slice(1)
      .split('/');
    if (root === 'api') {
      return await this.#answerIn('', '/api', parts, exchange);
    }
    if (root !== 'apis') {
      return false;
    }
    if (parts.length === 0) {
      return await this.#answerRoot('/apis', exchange);
    }
    const [name, ...rest] = parts;
    return await this.#answerIn(name, '/apis', rest, exchange);
  }

  async #answerIn(
    name: string,
    root: '/api' | '/apis',
    [version, ...rest]: string[],
    exchange: Exchange,
  ): Promise<boolean> {
    if (version === undefined && root === '/api') {
      return await this.#answerRoot(root, exchange);
    }
    const group = this.group(name);
    if (group === undefined || rest.length > 0) {
      return false;
    }
    if (version === undefined) {
      await this.#sendJson(exchange, apiGroup(group));
      return true;
    }
    const found = group.versions.find(one => one.version === version);
    if (found === undefined) {
      if (group.custom) {
        return false;
      }
      throw noSuchResource();
    }
    await this.#sendJson(exchange, apiResourceList(name, found));
    return true;
  }

  async #answerRoot(
    root: '/api' | '/apis',
    exchange: Exchange,
  ): Promise<boolean> {
    const version = aggregatedVersion(exchange.request.headers.accept);
    if (version === undefined) {
      await this.#sendJson(
        exchange,
        root === '/apis'
          ? apiGroupList(this.groups())
          : apiVersions(this.groups(), exchange.request.headers.host ?? ''),
      );
      return true;
    }
    const { body, etag } = this.#aggregate(root, version);
    const headers = {
      ETag: etag,
      Vary: 'Accept',
      'Cache-Control': 'public',
    };
    const contentType = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
    if (exchange.request.headers['if-none-match'] === etag) {
      exchange.response.writeHead(304, headers).end();
    } else {
      await send(exchange, { code: 200, body, contentType, headers });
    }
    return true;
  }

  #aggregate(root: '/api' | '/apis', version: DiscoveryVersion): Aggregated {
    const key = `${root} ${version}`;
    let found = this.#aggregated.get(key);
    if (!found) {
      const body = JSON.stringify(
        aggregatedDocument(
          this.groups().filter(
            ({ group }) => (group === '') === (root === '/api'),
          ),
          version,
        ),
      );
      const hash = createHash('sha512').update(body).digest('hex');
      found = { body, etag: `"${hash.toUpperCase()}"` };
      this.#aggregated.set(key, found);
    }
    return found;
  }

  async #sendJson(exchange: Exchange, value: unknown): Promise<void> {
    await send(exchange, { code: 200, body: toJson(exchange.request, value) });
  }
}

function aggregatedVersion(
  accept: string | undefined,
): DiscoveryVersion | undefined {
  for (const clause of (accept ?? '').split(',')) {
    const text = clause.replace(/\s/g, '');
    if (text.includes('as=APIGroupDiscoveryList')) {
      if (text.includes('v=v2beta1')) {
        return 'v2beta1';
      }
      if (text.includes('v=v2')) {
        return 'v2';
      }
    } else if (/^(application\/json|\*\/\*)/.test(text)) {
      return undefined;
    }
  }
  return undefined;
}
