export { ADMIN_USER, createAuthority, type Authority } from './createAuthority';
export type { KeyPair } from './CertificateIssuer';
export type { SigningKey } from './SigningKey';
export { EMBEDDED_EXTENSION, writeKubeconfig } from './writeKubeconfig';
