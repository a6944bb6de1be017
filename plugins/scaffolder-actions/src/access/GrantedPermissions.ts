import { createHash } from 'node:crypto';
import { BackstageCredentials } from '@backstage/backend-plugin-api';

const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Remembers for a day which credentials had the permission.
 *
 * A task keeps the token that it was started with, which may expire minutes
 * later, in the middle of the task. What was granted to that very token when it
 * was valid stays granted to the steps that follow.
 */
export class GrantedPermissions {
  readonly #grantedAt = new Map<string, number>();

  constructor(private readonly now: () => number = Date.now) {}

  remember(credentials: BackstageCredentials): void {
    for (const [key, at] of this.#grantedAt) {
      if (this.now() - at > KEPT_MILLISECONDS) {
        this.#grantedAt.delete(key);
      }
    }
    this.#grantedAt.set(this.#key(credentials), this.now());
  }

  has(credentials: BackstageCredentials): boolean {
    const at = this.#grantedAt.get(this.#key(credentials));
    return at !== undefined && this.now() - at <= KEPT_MILLISECONDS;
  }

  /** A digest, so that no token is kept in memory for it. */
  #key(credentials: BackstageCredentials): string {
    // The token is a property that JSON leaves out of live credentials.
    const token =
      'token' in credentials && typeof credentials.token === 'string'
        ? credentials.token
        : '';
    return createHash('sha256')
      .update(JSON.stringify([credentials.principal, token]))
      .digest('hex');
  }
}
