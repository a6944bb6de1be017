import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ClientCertificate } from '../../ports/Authenticator';

// Read once for each connection: taking a certificate apart costs more than a small request.
const known = new WeakMap<Socket, ClientCertificate | 'none'>();

/** The certificate that a connection's client showed. */
export function certificateOf(socket: Socket): ClientCertificate | undefined {
  let found = known.get(socket);
  if (found === undefined) {
    found = socket instanceof TLSSocket ? read(socket) ?? 'none' : 'none';
    known.set(socket, found);
  }
  return found === 'none' ? undefined : found;
}

function read(socket: TLSSocket): ClientCertificate | undefined {
  const certificate = socket.getPeerCertificate();
  // Node answers an empty object where there is none.
  if (!certificate?.subject) {
    return undefined;
  }
  const { CN, O } = certificate.subject;
  const problem: unknown = socket.authorizationError;
  return {
    commonName: first(CN),
    organizations: O === undefined ? [] : [O].flat(),
    trusted: socket.authorized,
    ...(problem ? { problem: String(problem) } : {}),
    fingerprint256: certificate.fingerprint256,
  };
}

function first(value: string | string[] | undefined): string {
  return [value ?? ''].flat()[0] ?? '';
}
