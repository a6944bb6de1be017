import type { IncomingMessage, ServerResponse } from 'node:http';
import { StatusError } from '../model/StatusError';
import type { VirtualResource } from '../ports/VirtualResource';
import type { ApiServices } from './ApiServerOptions';
import { Presenter } from './answer/Presenter';
import { PLAIN } from './answer/representation';
import { sendNotFoundText, sendStatusError } from './answer/send';
import { answerPlainPath } from './discovery/answerPlainPath';
import { Discovery } from './discovery/Discovery';
import { OpenApi } from './openapi/OpenApi';
import { certificateOf } from './request/certificateOf';
import type { Exchange, ResourceExchange, Upgrade } from './request/Exchange';
import { forbiddenError } from '../runtime/forbiddenError';
import { refuseStrangers } from './request/refuseStrangers';
import { accessOf, requestInfo } from './request/requestInfo';
import { answerValue } from './verbs/answerObject';
import { createVirtual } from './verbs/createVirtual';
import { methodNotAllowed, noSuchResource } from './verbs/refusals';
import { serveResource, type ResourceMeans } from './verbs/serveResource';
import { messageOf } from '../runtime/messageOf';

/**
 * From a request to its answer: who asks, whether that is allowed, what serves
 * it. Written on Node's own server with a look into a map for a router: each
 * layer of a framework would cost as much as an apply itself, and most of what
 * one offers (parameters, negotiation, errors) has rules of Kubernetes' own.
 */
export class ApiHandler {
  readonly #services: ApiServices;
  readonly #means: ResourceMeans;
  readonly #discovery: Discovery;
  readonly #openapi: OpenApi;
  readonly #virtual = new Map<string, VirtualResource>();

  constructor(services: ApiServices) {
    this.#services = services;
    this.#means = { ...services, presenter: new Presenter(services) };
    this.#discovery = new Discovery(services);
    this.#openapi = new OpenApi(services);
    for (const one of services.virtualResources) {
      const { group, version, plural } = one.type;
      this.#virtual.set(`${group}/${version}/${plural}`, one);
    }
  }

  close(): void {
    this.#discovery.close();
    this.#openapi.close();
  }

  /** Never rejects: what goes wrong is the answer. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    untilGone: () => AbortSignal,
    upgrade?: Upgrade,
  ): Promise<void> {
    const warnings: string[] = [];
    try {
      refuseStrangers(request.headers);
      await this.#serve({ request, response, untilGone, upgrade, warnings });
    } catch (error) {
      await this.#refuse({ request, response, warnings }, error);
    }
  }

  async #serve({
    request,
    response,
    untilGone,
    upgrade,
    warnings,
  }: {
    request: IncomingMessage;
    response: ServerResponse;
    untilGone: () => AbortSignal;
    upgrade: Upgrade | undefined;
    warnings: string[];
  }): Promise<void> {
    const { path, search } = splitUrl(request.url ?? '/');
    const query = new URLSearchParams(search);
    const info = requestInfo(request.method ?? 'GET', path, query);
    const access = accessOf(info);
    const user = await this.#services.authenticate({
      certificate: certificateOf(request.socket),
      headers: request.headers,
      access,
    });
    const { allowed, reason } = this.#services.authorizer.authorize({
      ...access,
      user,
    });
    if (!allowed) {
      throw forbiddenError({ ...access, user }, reason);
    }
    const exchange: Exchange = {
      request,
      response,
      ...(upgrade ? { upgrade } : {}),
      info,
      query,
      search,
      user,
      warnings,
      warn: text => {
        if (!warnings.includes(text)) {
          warnings.push(text);
        }
      },
      untilGone,
    };
    const { address } = info;
    const served =
      address === undefined
        ? await answerPlainPath(exchange, {
            services: this.#services,
            discovery: this.#discovery,
            openapi: this.#openapi,
          })
        : await this.#serveResource({ ...exchange, address });
    if (!served) {
      await sendNotFoundText(exchange);
    }
  }

  /** @returns false for what no group has */
  async #serveResource(exchange: ResourceExchange): Promise<boolean> {
    const { group, version, resource } = exchange.address;
    const { objects, aggregatedApis } = this.#services;
    const type = objects.typeAt(group, version, resource);
    if (type !== undefined) {
      await serveResource(exchange, type, this.#means);
      return true;
    }
    const virtual = this.#virtual.get(`${group}/${version}/${resource}`);
    if (virtual !== undefined) {
      if (exchange.address.name !== undefined) {
        throw noSuchResource();
      }
      if (exchange.request.method !== 'POST') {
        throw methodNotAllowed();
      }
      await createVirtual(exchange, virtual);
      return true;
    }
    const aggregated = aggregatedApis.find(
      api => api.group === group && api.version === version,
    );
    if (aggregated !== undefined) {
      if (exchange.request.method !== 'GET') {
        throw methodNotAllowed();
      }
      const { query, user, info } = exchange;
      const prefix = `/apis/${group}/${version}/`;
      await answerValue(exchange, {
        representation: PLAIN,
        value: await aggregated.get(
          decodeURIComponent(info.path.slice(prefix.length)),
          query,
          { user, signal: exchange.untilGone() },
        ),
      });
      return true;
    }
    const known = this.#discovery.group(group);
    if (known !== undefined && !known.custom) {
      throw noSuchResource();
    }
    return false;
  }

  async #refuse(
    {
      request,
      response,
      warnings,
    }: {
      request: IncomingMessage;
      response: ServerResponse;
      warnings: readonly string[];
    },
    error: unknown,
  ): Promise<void> {
    if (response.headersSent || response.destroyed) {
      if (!(error instanceof StatusError) && !response.destroyed) {
        this.#log(request, error);
      }
      response.destroy();
      return;
    }
    let refusal: StatusError;
    if (error instanceof StatusError) {
      refusal = error;
    } else {
      this.#log(request, error);
      refusal = StatusError.internal(messageOf(error));
    }
    // What is left of the body has to go before the connection can be used again.
    request.resume();
    await sendStatusError({ request, response }, refusal, warnings);
  }

  #log(request: IncomingMessage, error: unknown): void {
    const { path } = splitUrl(request.url ?? '');
    this.#services.log(
      `api: ${request.method} ${path} failed: ${
        error instanceof Error ? error.stack ?? error.message : String(error)
      }`,
    );
  }
}

function splitUrl(url: string): { path: string; search: string } {
  const at = url.indexOf('?');
  return at < 0
    ? { path: url, search: '' }
    : { path: url.slice(0, at), search: url.slice(at) };
}
