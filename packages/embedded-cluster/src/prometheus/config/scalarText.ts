import { z } from 'zod';

/** Text that YAML may have taken for a number or a truth value, such as `regex: 0`. */
export const scalarText = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String);
