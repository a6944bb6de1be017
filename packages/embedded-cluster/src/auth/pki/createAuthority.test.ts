import { X509Certificate } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { systemClock } from '../../model/Clock';
import { createAuthority, type Authority } from './createAuthority';

const DAY_MILLISECONDS = 86_400_000;

describe('createAuthority', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'authority-'));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  const open = (daysLater = 0) =>
    createAuthority({
      directory,
      clock: {
        ...systemClock,
        now: () => Date.now() + daysLater * DAY_MILLISECONDS,
      },
    });

  /** What a server of the authority sees of a client that checks it. */
  async function handshake(
    authority: Authority,
    client: { key?: string; certificate?: string },
    servername?: string,
  ) {
    const server = createServer(
      {
        key: authority.server.key,
        cert: authority.server.certificate,
        ca: authority.caCertificate,
        requestCert: true,
        rejectUnauthorized: false,
      },
      (req, res) => {
        const socket = req.socket as TLSSocket;
        const { subject } = socket.getPeerCertificate();
        res.end(JSON.stringify({ authorized: socket.authorized, subject }));
      },
    );
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    try {
      return await new Promise((resolve, reject) => {
        request(
          {
            host: '127.0.0.1',
            port: (server.address() as AddressInfo).port,
            ca: authority.caCertificate,
            key: client.key,
            cert: client.certificate,
            agent: false,
            servername,
          },
          answer => {
            answer.setEncoding('utf8');
            answer.on('data', text => resolve(JSON.parse(text)));
          },
        )
          .on('error', reject)
          .end();
      });
    } finally {
      server.close();
    }
  }

  it('signs a server that clients trust and clients that the server trusts', async () => {
    const authority = await open();
    const operator = await authority.issueClientCertificate({
      commonName: 'ann',
      organizations: ['operators', 'developers'],
    });

    expect(await handshake(authority, authority.admin)).toEqual({
      authorized: true,
      subject: { CN: 'embedded-admin', O: 'system:masters' },
    });
    expect(
      await handshake(authority, operator, 'kubernetes.default.svc'),
    ).toEqual({
      authorized: true,
      subject: { CN: 'ann', O: ['operators', 'developers'] },
    });
  });

  it('names all that the API server is reached by', async () => {
    const { server } = await open();

    expect(new X509Certificate(server.certificate).subjectAltName).toBe(
      'DNS:localhost, DNS:kubernetes, DNS:kubernetes.default, DNS:kubernetes.default.svc, DNS:kubernetes.default.svc.cluster.local, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:10.43.0.1',
    );
  });

  it('does not trust what another authority has signed', async () => {
    const authority = await open();
    const elsewhere = mkdtempSync(join(tmpdir(), 'authority-'));
    try {
      const other = await createAuthority({
        directory: elsewhere,
        clock: systemClock,
      });

      expect(await handshake(authority, other.admin)).toMatchObject({
        authorized: false,
      });
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('keeps its files to its owner, and uses them again', async () => {
    const before = await open();
    const after = await open();

    expect(after.server).toEqual(before.server);
    expect(after.admin).toEqual(before.admin);
    expect(after.caCertificate).toBe(before.caCertificate);
    expect(after.signingKey.keyId).toBe(before.signingKey.keyId);
    const folder = join(directory, 'pki');
    expect(readdirSync(folder).sort()).toEqual([
      'admin.crt',
      'admin.key',
      'ca.crt',
      'ca.key',
      'sa.key',
      'server.crt',
      'server.key',
    ]);
    for (const file of readdirSync(folder)) {
      // eslint-disable-next-line no-bitwise
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    }
  });

  it('renews certificates in their last 30 days, under the same authority', async () => {
    const before = await open();
    const early = await open(334);
    const late = await open(336);

    expect(early.server).toEqual(before.server);
    expect(late.server).not.toEqual(before.server);
    expect(late.admin).not.toEqual(before.admin);
    expect(late.caCertificate).toBe(before.caCertificate);
    expect(late.signingKey.keyId).toBe(before.signingKey.keyId);
  });

  it('makes anew what does not fit together', async () => {
    const before = await open();
    writeFileSync(join(directory, 'pki', 'server.key'), before.admin.key);
    const after = await open();
    expect(after.server).not.toEqual(before.server);
    expect(after.admin).toEqual(before.admin);

    rmSync(join(directory, 'pki', 'ca.crt'));
    const renewed = await open();
    expect(renewed.caCertificate).not.toBe(before.caCertificate);
    expect(await handshake(renewed, renewed.admin)).toMatchObject({
      authorized: true,
    });
  });

  it('says what to do about a signing key that it cannot read', async () => {
    await open();
    writeFileSync(join(directory, 'pki', 'sa.key'), 'nothing');

    await expect(open()).rejects.toThrow(
      /sa\.key holds no private key; delete it/,
    );
  });
});
