import { isDigest, parseDigest, type Digest } from '../names';
import { RegistryError } from '../RegistryError';
import type { RegistryStorage } from '../storage/RegistryStorage';
import type { Exchange } from './Exchange';

const placeOf = (repository: string, id: string) =>
  `/v2/${repository}/blobs/uploads/${id}`;

/** The spec counts the bytes that have come by the last one's number. */
const rangeOf = (sizeBytes: number) => `0-${Math.max(sizeBytes - 1, 0)}`;

function sendCreated(
  exchange: Exchange,
  repository: string,
  digest: Digest,
): void {
  exchange.send(201, {
    location: `/v2/${repository}/blobs/${digest}`,
    'docker-content-digest': digest,
  });
}

/** Undefined for a body that comes in chunks. */
function lengthOf(exchange: Exchange): number | undefined {
  const header = exchange.header('content-length');
  return header === undefined ? undefined : Number(header);
}

/** `POST /v2/<name>/blobs/uploads/`: begins an upload, takes a whole blob, or mounts one. */
export async function beginUpload(
  { blobs, uploads }: RegistryStorage,
  exchange: Exchange,
  repository: string,
): Promise<void> {
  const mount = exchange.query.get('mount');
  if (
    mount !== null &&
    isDigest(mount) &&
    (await blobs.sizeBytes(mount)) !== undefined
  ) {
    sendCreated(exchange, repository, mount);
    return;
  }
  const whole = exchange.query.get('digest');
  const digest = whole === null ? undefined : parseDigest(whole);
  const id = uploads.begin(repository);
  if (digest !== undefined) {
    await uploads.append(
      { repository, id, lengthBytes: lengthOf(exchange) },
      exchange.request,
    );
    await uploads.finish(repository, id, digest);
    sendCreated(exchange, repository, digest);
    return;
  }
  exchange.send(202, {
    location: placeOf(repository, id),
    range: rangeOf(0),
    'docker-upload-uuid': id,
  });
}

function startOf(exchange: Exchange): number | undefined {
  const header = exchange.header('content-range');
  if (header === undefined) {
    return undefined;
  }
  const [, start] = /^(?:bytes )?(\d+)-\d+(?:\/.*)?$/.exec(header) ?? [];
  if (start === undefined) {
    throw new RegistryError(
      'BLOB_UPLOAD_INVALID',
      `Content-Range ${JSON.stringify(header)} is not <first>-<last>`,
    );
  }
  return Number(start);
}

const bytesOf = (
  exchange: Exchange,
  place: { repository: string; id: string },
) => ({
  ...place,
  startBytes: startOf(exchange),
  lengthBytes: lengthOf(exchange),
});

/** `GET`, `PATCH`, `PUT` and `DELETE /v2/<name>/blobs/uploads/<id>`. */
export async function continueUpload(
  { uploads }: RegistryStorage,
  exchange: Exchange,
  place: { repository: string; id: string },
): Promise<void> {
  const { repository, id } = place;
  const progress = (sizeBytes: number) => ({
    location: placeOf(repository, id),
    range: rangeOf(sizeBytes),
    'docker-upload-uuid': id,
  });
  switch (exchange.request.method) {
    case 'GET':
      exchange.send(204, progress(uploads.sizeBytes(repository, id)));
      return;
    case 'PATCH':
      exchange.send(
        202,
        progress(
          await uploads.append(bytesOf(exchange, place), exchange.request),
        ),
      );
      return;
    case 'PUT': {
      const digest = parseDigest(exchange.query.get('digest') ?? '');
      await uploads.append(bytesOf(exchange, place), exchange.request);
      await uploads.finish(repository, id, digest);
      sendCreated(exchange, repository, digest);
      return;
    }
    case 'DELETE':
      await uploads.cancel(repository, id);
      exchange.send(204);
      return;
    default:
      throw new RegistryError(
        'UNSUPPORTED',
        `an upload cannot be ${exchange.request.method}`,
      );
  }
}
