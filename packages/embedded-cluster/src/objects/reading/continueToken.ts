import { z } from 'zod';
import { StatusError } from '../../model/StatusError';

const token = z.object({
  v: z.literal('meta.k8s.io/v1'),
  rv: z.number().int().positive(),
  start: z.string(),
});

/** Where the next page of a list begins. */
export interface ContinueAfter {
  /** The version that all pages show. */
  version: number;
  /** Key of the last object of the page before. */
  after: string;
}

export function continueTokenOf(version: number, after: string): string {
  return Buffer.from(
    JSON.stringify({ v: 'meta.k8s.io/v1', rv: version, start: `${after}\0` }),
  ).toString('base64url');
}

/** @throws StatusError 400 */
export function readContinueToken(written: string): ContinueAfter {
  try {
    const { rv, start } = token.parse(
      JSON.parse(Buffer.from(written, 'base64url').toString()),
    );
    return { version: rv, after: start.replace(/\0$/, '') };
  } catch (error) {
    throw StatusError.badRequest(
      'invalid continue token: continue key is not valid: it is none that a list of this cluster has answered',
    );
  }
}
