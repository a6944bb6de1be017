import { VERSION_SUFFIX } from '../../model/names';
import type { ApiServices } from '../ApiServerOptions';
import { send, toJson } from '../answer/send';
import type { Exchange } from '../request/Exchange';
import type { OpenApi } from '../openapi/OpenApi';
import { methodNotAllowed } from '../verbs/refusals';
import type { Discovery } from './Discovery';
import { answerHealth } from './health';

/**
 * Serves the paths that address no resource.
 *
 * @returns false for those that there are not
 */
export async function answerPlainPath(
  exchange: Exchange,
  means: { services: ApiServices; discovery: Discovery; openapi: OpenApi },
): Promise<boolean> {
  const { services, discovery, openapi } = means;
  const { request, info } = exchange;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw methodNotAllowed();
  }
  switch (info.path) {
    case '/':
      await sendJson(exchange, { paths: paths(discovery) });
      return true;
    case '/version':
    case '/version/':
      await sendJson(exchange, {
        ...services.version,
        gitVersion: `${services.version.gitVersion}${VERSION_SUFFIX}`,
        platform: `${process.platform}/${goArchitecture()}`,
      });
      return true;
    default:
      return (
        (await answerHealth(exchange, services)) ||
        (await openapi.answer(exchange)) ||
        (await discovery.answer(exchange))
      );
  }
}

function paths(discovery: Discovery): string[] {
  return [
    '/api',
    '/apis',
    '/apis/',
    '/healthz',
    '/livez',
    '/openapi/v3',
    '/readyz',
    '/version',
    ...discovery
      .groups()
      .flatMap(({ group, versions }) =>
        group === ''
          ? versions.map(({ version }) => `/api/${version}`)
          : [
              `/apis/${group}`,
              ...versions.map(({ version }) => `/apis/${group}/${version}`),
            ],
      ),
  ].sort();
}

function goArchitecture(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}

async function sendJson(exchange: Exchange, value: unknown): Promise<void> {
  await send(exchange, { code: 200, body: toJson(exchange.request, value) });
}
