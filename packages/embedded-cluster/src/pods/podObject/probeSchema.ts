import { z } from 'zod';

const portNumberOrName = z.union([z.number(), z.string()]);

export const httpGetSchema = z.object({
  path: z.string().default('/'),
  port: portNumberOrName,
  host: z.string().optional(),
  scheme: z.string().default('HTTP'),
  httpHeaders: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .default([]),
});

export const probeSchema = z.object({
  httpGet: httpGetSchema.optional(),
  tcpSocket: z
    .object({ port: portNumberOrName, host: z.string().optional() })
    .optional(),
  exec: z.unknown().optional(),
  grpc: z.unknown().optional(),
  initialDelaySeconds: z.number().default(0),
  periodSeconds: z.number().default(10),
  timeoutSeconds: z.number().default(1),
  successThreshold: z.number().default(1),
  failureThreshold: z.number().default(3),
  terminationGracePeriodSeconds: z.number().optional(),
});

export type HttpGet = z.infer<typeof httpGetSchema>;
export type Probe = z.infer<typeof probeSchema>;
