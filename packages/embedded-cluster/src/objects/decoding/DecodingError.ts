/** Something that does not fit its field: the request is refused whatever the field validation. */
export class DecodingError extends Error {
  readonly name = 'DecodingError' as const;
}
