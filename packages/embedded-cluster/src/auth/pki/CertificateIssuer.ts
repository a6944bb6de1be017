/** PEM of a private key (PKCS#8) and of its certificate. */
export interface KeyPair {
  key: string;
  certificate: string;
}

interface Validity {
  notBefore: Date;
  notAfter: Date;
}

/** Makes keys (P-256) and signs certificates. */
export interface CertificateIssuer {
  selfSigned(subject: { commonName: string } & Validity): Promise<KeyPair>;
  server(
    subject: {
      commonName: string;
      names: readonly string[];
      addresses: readonly string[];
      ca: KeyPair;
    } & Validity,
  ): Promise<KeyPair>;
  client(
    subject: {
      commonName: string;
      /** What Kubernetes takes as the user's groups. */
      organizations: readonly string[];
      ca: KeyPair;
    } & Validity,
  ): Promise<KeyPair>;
  /** PEM of a new private key. */
  newKey(): Promise<string>;
}
