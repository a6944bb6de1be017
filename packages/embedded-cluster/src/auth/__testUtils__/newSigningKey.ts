import { generateKeyPairSync } from 'node:crypto';
import type { SigningKey } from '../pki';

/** A key of its own for a test. */
export function newSigningKey(): SigningKey {
  return {
    ...generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    keyId: 'test',
  };
}
