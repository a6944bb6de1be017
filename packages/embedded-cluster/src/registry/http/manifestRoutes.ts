import { isDigest, isTag, parseDigest } from '../names';
import { RegistryError } from '../RegistryError';
import type { RegistryStorage } from '../storage/RegistryStorage';
import type { Exchange } from './Exchange';

function unknown(repository: string, reference: string): RegistryError {
  return new RegistryError(
    'MANIFEST_UNKNOWN',
    `manifest unknown: ${repository} has no ${reference}; push it, or correct the name`,
  );
}

/** `/v2/<name>/manifests/<tag or digest>`. @param isBuiltIn - repositories that nobody may change */
export async function serveManifest(
  storage: RegistryStorage,
  exchange: Exchange,
  place: { repository: string; reference: string; isBuiltIn: boolean },
): Promise<void> {
  const { repository, reference, isBuiltIn } = place;
  if (!isTag(reference)) {
    parseDigest(reference);
  }
  const { method } = exchange.request;
  if (method === 'GET' || method === 'HEAD') {
    const found = await storage.findManifest(repository, reference);
    if (found === undefined) {
      throw unknown(repository, reference);
    }
    exchange.sendBytes(200, found.bytes, {
      'content-type': found.mediaType,
      'docker-content-digest': found.digest,
      etag: `"${found.digest}"`,
    });
    return;
  }
  if (method !== 'PUT' && method !== 'DELETE') {
    throw new RegistryError(
      'UNSUPPORTED',
      `a manifest cannot be ${method}; GET, HEAD, PUT and DELETE are served`,
    );
  }
  if (isBuiltIn) {
    throw new RegistryError(
      'DENIED',
      `${repository} is built in and cannot be changed; push under another name`,
    );
  }
  if (method === 'DELETE') {
    if (!(await storage.deleteManifest(repository, reference))) {
      throw unknown(repository, reference);
    }
    exchange.send(202);
    return;
  }
  const [mediaType] = (exchange.header('content-type') ?? '').split(';');
  const digest = await storage.putManifest({
    repository,
    reference,
    mediaType: mediaType.trim(),
    bytes: await exchange.readManifest(),
  });
  exchange.send(201, {
    location: `/v2/${repository}/manifests/${
      isDigest(reference) ? digest : reference
    }`,
    'docker-content-digest': digest,
  });
}
