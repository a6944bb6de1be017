import type { KeyObject } from 'node:crypto';

/** The key that ServiceAccount tokens are signed with. */
export interface SigningKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** Names the key in the header of a token. */
  keyId: string;
}
