import { z } from 'zod';

/** A part that may be absent, read as if it were empty. */
export function orEmpty<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform(part => part ?? schema.parse({}));
}
