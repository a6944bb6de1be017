import {
  createHash,
  createPrivateKey,
  createPublicKey,
  X509Certificate,
} from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../model/Clock';
import { SYSTEM_MASTERS } from '../../model/UserInfo';
import type { CertificateIssuer, KeyPair } from './CertificateIssuer';
import { loadCertificateIssuer } from './loadCertificateIssuer';
import type { SigningKey } from './SigningKey';
import { writePrivately } from './writePrivately';

const DAY_MILLISECONDS = 86_400_000;
const AUTHORITY_DAYS = 3_650;
const CERTIFICATE_DAYS = 365;
/** A certificate that ends sooner is made anew at a start. */
const RENEWED_BEFORE_DAYS = 30;

/** The first address of the Service network, which the Service `kubernetes` has. */
const SERVER_NAMES = [
  'localhost',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
];
const SERVER_ADDRESSES = ['127.0.0.1', '::1', '10.43.0.1'];

/** User of the kubeconfig's certificate; a member of `system:masters`. */
export const ADMIN_USER = 'embedded-admin';

/** The cluster's certificate authority, and what it has signed. */
export interface Authority {
  /** PEM of the certificate that the server's and clients' are checked against. */
  caCertificate: string;
  /** Of the API server, for `127.0.0.1`, `::1`, `localhost` and the names of the Service `kubernetes`. */
  server: KeyPair;
  /** Of {@link ADMIN_USER}. */
  admin: KeyPair;
  /** Of ServiceAccount tokens. */
  signingKey: SigningKey;
  /** A client certificate for one year; nothing of it is kept. */
  issueClientCertificate(subject: {
    commonName: string;
    organizations: readonly string[];
  }): Promise<KeyPair>;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

const parse = (pem: string) => new X509Certificate(pem);

function isUsable({ key, certificate }: KeyPair, now: number): boolean {
  try {
    const parsed = parse(certificate);
    return (
      parsed.checkPrivateKey(createPrivateKey(key)) &&
      Date.parse(parsed.validTo) - now > RENEWED_BEFORE_DAYS * DAY_MILLISECONDS
    );
  } catch {
    return false;
  }
}

async function openSigningKey(
  path: string,
  issuer: () => Promise<CertificateIssuer>,
): Promise<SigningKey> {
  let pem = await readIfThere(path);
  if (pem === undefined) {
    pem = await (await issuer()).newKey();
    await writePrivately(path, pem);
  }
  try {
    const privateKey = createPrivateKey(pem);
    const publicKey = createPublicKey(privateKey);
    const keyId = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64url');
    return { privateKey, publicKey, keyId };
  } catch (error) {
    throw new Error(
      `${path} holds no private key; delete it, and the next start makes a new one (tokens of before end with it)`,
      { cause: error },
    );
  }
}

/**
 * Opens the authority in `<directory>/pki`, or makes it; all its files have the
 * mode 600. What is there is used again, so that kubeconfigs and tokens outlive
 * a restart; a certificate with less than 30 days left, of another authority or
 * unreadable is replaced.
 */
export async function createAuthority(options: {
  directory: string;
  clock: Clock;
}): Promise<Authority> {
  const { clock } = options;
  const directory = join(options.directory, 'pki');
  await mkdir(directory, { recursive: true, mode: 0o700 });

  // The library is loaded when something has to be signed, which is seldom.
  let loaded: Promise<CertificateIssuer> | undefined;
  const issuer = () => {
    loaded ??= loadCertificateIssuer();
    return loaded;
  };
  const validity = (days: number) => ({
    // Clocks of clients may be a little behind.
    notBefore: new Date(clock.now() - 3_600_000),
    notAfter: new Date(clock.now() + days * DAY_MILLISECONDS),
  });

  const kept = async (
    name: string,
    isGood: (pair: KeyPair, certificate: X509Certificate) => boolean,
    make: () => Promise<KeyPair>,
  ): Promise<KeyPair> => {
    const paths = {
      key: join(directory, `${name}.key`),
      certificate: join(directory, `${name}.crt`),
    };
    const [key, certificate] = await Promise.all([
      readIfThere(paths.key),
      readIfThere(paths.certificate),
    ]);
    if (key !== undefined && certificate !== undefined) {
      const pair = { key, certificate };
      if (isUsable(pair, clock.now()) && isGood(pair, parse(certificate))) {
        return pair;
      }
    }
    const made = await make();
    await writePrivately(paths.key, made.key);
    await writePrivately(paths.certificate, made.certificate);
    return made;
  };

  const ca = await kept(
    'ca',
    (_pair, certificate) => certificate.ca,
    async () =>
      (
        await issuer()
      ).selfSigned({ commonName: 'embedded-ca', ...validity(AUTHORITY_DAYS) }),
  );
  const caCertificate = parse(ca.certificate);
  const ofThisAuthority = (_pair: KeyPair, certificate: X509Certificate) =>
    certificate.verify(caCertificate.publicKey);

  const issueClientCertificate: Authority['issueClientCertificate'] =
    async subject =>
      (await issuer()).client({
        ...subject,
        ca,
        ...validity(CERTIFICATE_DAYS),
      });

  const [server, admin, signingKey] = await Promise.all([
    kept(
      'server',
      (pair, certificate) =>
        ofThisAuthority(pair, certificate) &&
        SERVER_NAMES.every(name => certificate.checkHost(name)) &&
        SERVER_ADDRESSES.every(address => certificate.checkIP(address)),
      async () =>
        (
          await issuer()
        ).server({
          commonName: 'kube-apiserver',
          names: SERVER_NAMES,
          addresses: SERVER_ADDRESSES,
          ca,
          ...validity(CERTIFICATE_DAYS),
        }),
    ),
    kept('admin', ofThisAuthority, () =>
      issueClientCertificate({
        commonName: ADMIN_USER,
        organizations: [SYSTEM_MASTERS],
      }),
    ),
    openSigningKey(join(directory, 'sa.key'), issuer),
  ]);

  return {
    caCertificate: ca.certificate,
    server,
    admin,
    signingKey,
    issueClientCertificate,
  };
}
