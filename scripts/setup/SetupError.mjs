/** A failure that its message explains completely; shown without a stack. */
export class SetupError extends Error {
  name = 'SetupError';
}
