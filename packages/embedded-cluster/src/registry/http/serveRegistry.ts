import type {
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from 'node:http';
import { isRepository } from '../names';
import { RegistryError } from '../RegistryError';
import type { RegistryStorage } from '../storage/RegistryStorage';
import { sendBlob } from './blobRoutes';
import { Exchange } from './Exchange';
import { sendCatalog, sendTags } from './listRoutes';
import { serveManifest } from './manifestRoutes';
import { refusal } from './refusal';
import { beginUpload, continueUpload } from './uploadRoutes';

// Names of repositories have slashes; what follows them has none.
const ROUTE =
  /^\/v2\/(?<repository>.+)\/(?:(?<tags>tags\/list)|manifests\/(?<manifest>[^/]+)|blobs\/(?:uploads\/(?<upload>[^/]*)|(?<blob>[^/]+)))$/;

const isRead = (method: string | undefined) =>
  method === 'GET' || method === 'HEAD';

function unsupported(exchange: Exchange): RegistryError {
  return new RegistryError(
    'UNSUPPORTED',
    `${exchange.request.method} ${exchange.url.pathname} is not served`,
  );
}

/**
 * Answers the requests of the OCI distribution specification, 1.1, but for
 * deleting blobs and listing referrers, which are optional.
 */
export function serveRegistry(options: {
  storage: RegistryStorage;
  /** Whether a repository is built in, so that nobody may change it. */
  isBuiltIn: (repository: string) => boolean;
  log: (line: string) => void;
}): RequestListener {
  const { storage, isBuiltIn, log } = options;

  const serve = async (exchange: Exchange): Promise<void> => {
    const path = decodePath(exchange.url.pathname);
    const { method } = exchange.request;
    if (path === '/v2/' || path === '/v2') {
      exchange.sendJson(200, {});
      return;
    }
    if (path === '/v2/_catalog' && isRead(method)) {
      await sendCatalog(storage, exchange);
      return;
    }
    const route = ROUTE.exec(path)?.groups;
    if (route === undefined) {
      throw new RegistryError('UNSUPPORTED', `there is nothing at ${path}`, {
        status: 404,
      });
    }
    const { repository, tags, manifest, upload, blob } = route;
    if (!isRepository(repository)) {
      throw new RegistryError(
        'NAME_INVALID',
        `${JSON.stringify(
          repository,
        )} cannot be a repository's name; use lower-case letters, digits, '.', '_', '-' and '/'`,
      );
    }
    if (tags !== undefined && isRead(method)) {
      await sendTags(storage, exchange, repository);
    } else if (manifest !== undefined) {
      await serveManifest(storage, exchange, {
        repository,
        reference: manifest,
        isBuiltIn: isBuiltIn(repository),
      });
    } else if (blob !== undefined && isRead(method)) {
      await sendBlob(storage, exchange, blob);
    } else if (upload === '' && method === 'POST') {
      await beginUpload(storage, exchange, repository);
    } else if (upload !== undefined && upload !== '') {
      await continueUpload(storage, exchange, { repository, id: upload });
    } else {
      throw unsupported(exchange);
    }
  };

  return (request, response) => {
    response.setHeader('docker-distribution-api-version', 'registry/2.0');
    const answer = async () => {
      const refused = refusal(request.headers);
      if (refused) {
        throw refused;
      }
      await serve(new Exchange(request, response, parseTarget(request)));
    };
    answer().catch(error => answerError({ request, response, error, log }));
  };
}

function parseTarget({ url = '/' }: IncomingMessage): URL {
  const base = 'http://registry';
  if (!URL.canParse(url, base)) {
    throw new RegistryError('UNSUPPORTED', `there is nothing at ${url}`, {
      status: 404,
    });
  }
  return new URL(url, base);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new RegistryError('NAME_INVALID', `${path} is not percent-encoded`);
  }
}

function answerError(options: {
  request: IncomingMessage;
  response: ServerResponse;
  error: unknown;
  log: (line: string) => void;
}): void {
  const { request, response, error, log } = options;
  if (response.headersSent || request.socket.destroyed) {
    // The client is gone, or has half of an answer that must not look whole.
    response.destroy();
    return;
  }
  const known = error instanceof RegistryError;
  if (!known) {
    log(`registry: ${request.method} ${request.url} failed: ${error}`);
  }
  const body = known
    ? error
    : {
        errors: [
          { code: 'UNKNOWN', message: 'the registry failed; see its log' },
        ],
      };
  const bytes = Buffer.from(JSON.stringify(body));
  response
    .writeHead(known ? error.status : 500, {
      'content-type': 'application/json',
      'content-length': bytes.length,
      // What the client still sends is not read.
      ...(request.complete ? {} : { connection: 'close' }),
    })
    .end(request.method === 'HEAD' ? undefined : bytes);
}
