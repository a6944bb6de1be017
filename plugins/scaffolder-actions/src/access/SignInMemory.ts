import { createHash } from 'node:crypto';
import { BackstageCredentials } from '@backstage/backend-plugin-api';

const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Remembers for a day what was answered about a sign-in.
 *
 * A task keeps the token that it was started with, which may expire minutes
 * later, in the middle of the task. What was true of that very token when it
 * was valid stays true for the steps that follow.
 */
export class SignInMemory<T> {
  readonly #answers = new Map<string, { answer: T; at: number }>();

  constructor(private readonly now: () => number = Date.now) {}

  remember(credentials: BackstageCredentials, answer: T): void {
    for (const [key, { at }] of this.#answers) {
      if (this.now() - at > KEPT_MILLISECONDS) {
        this.#answers.delete(key);
      }
    }
    this.#answers.set(this.#key(credentials), { answer, at: this.now() });
  }

  /** Undefined: nothing was answered about these credentials within a day. */
  recall(credentials: BackstageCredentials): T | undefined {
    const known = this.#answers.get(this.#key(credentials));
    return known !== undefined && this.now() - known.at <= KEPT_MILLISECONDS
      ? known.answer
      : undefined;
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
