import { randomBytes, webcrypto } from 'node:crypto';
import type { CertificateIssuer, KeyPair } from './CertificateIssuer';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * The issuer on `@peculiar/x509`. Loaded when first needed: reading the
 * library takes longer than a whole start that finds its certificates in place.
 */
export async function loadCertificateIssuer(): Promise<CertificateIssuer> {
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const { subtle } = webcrypto;

  const newKeys = () => subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const keyPem = async (key: webcrypto.CryptoKey) =>
    x509.PemConverter.encode(
      await subtle.exportKey('pkcs8', key),
      'PRIVATE KEY',
    );
  // Positive and not zero, as RFC 5280 asks.
  const serialNumber = () => `01${randomBytes(15).toString('hex')}`;

  const signed = async (options: {
    name: { CN: string[]; O?: string[] };
    notBefore: Date;
    notAfter: Date;
    ca: KeyPair;
    usage: string;
    alternativeNames?: { type: 'dns' | 'ip'; value: string }[];
  }): Promise<KeyPair> => {
    const { name, notBefore, notAfter, ca, usage, alternativeNames } = options;
    const keys = await newKeys();
    const authority = new x509.X509Certificate(ca.certificate);
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: [
        ...(name.O ?? []).map(organization => ({ O: [organization] })),
        { CN: name.CN },
      ],
      issuer: authority.subject,
      notBefore,
      notAfter,
      publicKey: keys.publicKey,
      signingKey: await subtle.importKey(
        'pkcs8',
        x509.PemConverter.decodeFirst(ca.key),
        ALGORITHM,
        false,
        ['sign'],
      ),
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([usage]),
        await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
        ...(alternativeNames === undefined
          ? []
          : [new x509.SubjectAlternativeNameExtension(alternativeNames)]),
      ],
    });
    return {
      key: await keyPem(keys.privateKey),
      certificate: certificate.toString('pem'),
    };
  };

  return {
    newKey: async () => keyPem((await newKeys()).privateKey),

    async selfSigned({ commonName, notBefore, notAfter }) {
      const keys = await newKeys();
      const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        serialNumber: serialNumber(),
        name: [{ CN: [commonName] }],
        notBefore,
        notAfter,
        keys,
        signingAlgorithm: ALGORITHM,
        extensions: [
          new x509.BasicConstraintsExtension(true, 0, true),
          new x509.KeyUsagesExtension(
            x509.KeyUsageFlags.keyCertSign +
              x509.KeyUsageFlags.cRLSign +
              x509.KeyUsageFlags.digitalSignature,
            true,
          ),
          await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        ],
      });
      return {
        key: await keyPem(keys.privateKey),
        certificate: certificate.toString('pem'),
      };
    },

    server: ({ commonName, names, addresses, ...rest }) =>
      signed({
        ...rest,
        name: { CN: [commonName] },
        usage: x509.ExtendedKeyUsage.serverAuth,
        alternativeNames: [
          ...names.map(value => ({ type: 'dns' as const, value })),
          ...addresses.map(value => ({ type: 'ip' as const, value })),
        ],
      }),

    client: ({ commonName, organizations, ...rest }) =>
      signed({
        ...rest,
        name: { CN: [commonName], O: [...organizations] },
        usage: x509.ExtendedKeyUsage.clientAuth,
      }),
  };
}
