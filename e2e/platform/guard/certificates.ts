// What @peculiar/x509 is built on asks for it.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const ALGORITHM = {
  name: 'ECDSA',
  namedCurve: 'P-256',
  hash: 'SHA-256',
} as const;

/** PEM. */
interface Certificate {
  cert: string;
  key: string;
}

/** An authority with a server of this DNS name and one client, for an hour. */
export async function makeCertificates(dnsName: string): Promise<{
  ca: string;
  server: Certificate;
  client: Certificate;
}> {
  x509.cryptoProvider.set(webcrypto as Crypto);
  const newKeys = () =>
    webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const validity = {
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
  };
  const caKeys = await newKeys();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: '01',
    name: 'CN=authority of the guarded Prometheus',
    keys: caKeys,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(true)],
  });
  const issue = async (
    serialNumber: string,
    subject: string,
    extensions: x509.Extension[],
  ): Promise<Certificate> => {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      ...validity,
      serialNumber,
      subject,
      issuer: ca.subject,
      publicKey: keys.publicKey,
      signingKey: caKeys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions,
    });
    return {
      cert: certificate.toString('pem'),
      key: x509.PemConverter.encode(
        await webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
        'PRIVATE KEY',
      ),
    };
  };
  return {
    ca: ca.toString('pem'),
    server: await issue('02', 'CN=prometheus', [
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: dnsName },
      ]),
    ]),
    client: await issue('03', 'CN=keda', []),
  };
}
