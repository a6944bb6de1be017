import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { ApiError, errorAnswer, type ApiBody } from './answerBody';
import type { ApiContext, ApiHandler } from './ApiHandler';
import { refusalOf } from './guard';
import { queryHandler, queryRangeHandler } from './queryHandlers';
import {
  labelsHandler,
  labelValuesHandler,
  seriesHandler,
} from './seriesHandlers';
import { START_PAGE } from './startPage';
import {
  buildInfoHandler,
  configHandler,
  runtimeInfoHandler,
  tsdbHandler,
} from './statusHandlers';
import {
  metadataHandler,
  scrapePoolsHandler,
  targetsHandler,
} from './targetHandlers';

const API = '/api/v1/';
const MAX_FORM_BYTES = 1024 * 1024;

/** Endpoints that also take their parameters as a form. */
const FORM_ENDPOINTS: ReadonlyMap<string, ApiHandler> = new Map([
  ['query', queryHandler],
  ['query_range', queryRangeHandler],
  ['series', seriesHandler],
  ['labels', labelsHandler],
]);
const ENDPOINTS: ReadonlyMap<string, ApiHandler> = new Map([
  ...FORM_ENDPOINTS,
  ['targets', targetsHandler],
  ['scrape_pools', scrapePoolsHandler],
  ['metadata', metadataHandler],
  ['status/config', configHandler],
  ['status/buildinfo', buildInfoHandler],
  ['status/runtimeinfo', runtimeInfoHandler],
  ['status/tsdb', tsdbHandler],
]);
/** Endpoints of a real Prometheus that this one does not have. */
const NOT_IMPLEMENTED =
  /^(rules|alerts|alertmanagers|query_exemplars|format_query|parse_query|features|notifications|targets\/|status\/|admin\/|write$|read$|otlp\/)/;

const PLAIN = 'text/plain; charset=utf-8';

function send(
  response: ServerResponse,
  code: number,
  contentType: string,
  body: string,
): void {
  response.writeHead(code, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(body);
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_FORM_BYTES) {
      throw new ApiError(
        413,
        'bad_data',
        `a form of more than ${MAX_FORM_BYTES} bytes is not read`,
      );
    }
    chunks.push(bytes);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ApiError(400, 'bad_data', `${text} is not percent-encoded`);
  }
}

function handlerOf(path: string): ApiHandler | undefined {
  const values = /^label\/([^/]+)\/values$/.exec(path);
  return values
    ? labelValuesHandler(decodeName(values[1]))
    : ENDPOINTS.get(path);
}

async function answerApi(
  context: ApiContext,
  path: string,
  request: IncomingMessage,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<{ code: number; body: ApiBody }> {
  try {
    const handler = handlerOf(path);
    if (handler === undefined) {
      throw new ApiError(
        501,
        'execution',
        `the embedded Prometheus does not have ${API}${path}`,
      );
    }
    if (request.method === 'POST') {
      for (const [name, value] of await formOf(request)) {
        parameters.append(name, value);
      }
    }
    return { code: 200, body: await handler(context, parameters, signal) };
  } catch (error) {
    return errorAnswer(error);
  }
}

function allowedMethods(path: string): readonly string[] {
  return FORM_ENDPOINTS.has(path.slice(API.length)) ? ['GET', 'POST'] : ['GET'];
}

async function answer(
  context: ApiContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refusalOf(request);
  if (refusal !== undefined) {
    send(response, 403, PLAIN, `${refusal}\n`);
    return;
  }
  const target = request.url ?? '/';
  if (!URL.canParse(target, 'http://localhost')) {
    send(response, 404, PLAIN, '404 page not found\n');
    return;
  }
  const url = new URL(target, 'http://localhost');
  const path = url.pathname;
  const endpoint = path.startsWith(API) ? path.slice(API.length) : undefined;
  if (
    endpoint !== undefined &&
    (handlerOf(endpoint) ?? NOT_IMPLEMENTED.test(endpoint))
  ) {
    const allowed = allowedMethods(path);
    if (!allowed.includes(request.method ?? '')) {
      response.setHeader('Allow', allowed.join(', '));
      send(response, 405, PLAIN, 'Method Not Allowed\n');
      return;
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { code, body } = await answerApi(
      context,
      endpoint,
      request,
      url.searchParams,
      gone.signal,
    );
    send(response, code, 'application/json', JSON.stringify(body));
    return;
  }
  switch (path) {
    case '/-/ready':
      send(response, 200, PLAIN, 'Prometheus Server is Ready.\n');
      break;
    case '/-/healthy':
      send(response, 200, PLAIN, 'Prometheus Server is Healthy.\n');
      break;
    case '/':
    case '/query':
    case '/graph':
      send(response, 200, 'text/html; charset=utf-8', START_PAGE);
      break;
    default:
      send(response, 404, PLAIN, '404 page not found\n');
  }
}

/** Prometheus' HTTP API, as far as it is here; not listening yet. */
export function createHttpServer(context: ApiContext): Server {
  return createServer((request, response) => {
    answer(context, request, response).catch((error: unknown) => {
      const { code, body } = errorAnswer(error);
      if (response.headersSent) {
        response.destroy();
      } else {
        send(response, code, 'application/json', JSON.stringify(body));
      }
    });
  });
}
