/** Something that does not fit its field: the request is refused whatever the field validation. */
export class DecodingError extends Error {
  readonly name = 'DecodingError' as const;
  /** The same for a strategic merge patch, of which the server says it in other words. */
  readonly conversion: string;

  constructor(message: string, conversion: string = message) {
    super(message);
    this.conversion = conversion;
  }
}
