import { z } from 'zod';
import { httpGetSchema } from './probeSchema';

export const hookSchema = z.object({
  sleep: z.object({ seconds: z.number() }).optional(),
  httpGet: httpGetSchema.optional(),
  exec: z.unknown().optional(),
});

export type Hook = z.infer<typeof hookSchema>;
