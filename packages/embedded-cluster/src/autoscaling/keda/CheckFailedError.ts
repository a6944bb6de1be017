import { messageOf } from '../../runtime/messageOf';
/** A step that failed: what was tried, and why it did not work, as the condition Ready puts them together. */
export class CheckFailedError extends Error {
  readonly name = 'CheckFailedError' as const;

  constructor(tried: string, cause: unknown) {
    super(`${tried}: ${messageOf(cause)}`, { cause });
  }
}

/** @throws CheckFailedError that names the step */
export function checkStep<T>(description: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new CheckFailedError(description, error);
  }
}
