import type { PrometheusChoices } from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';

const shared = {
  name: z.string(),
  source: z.enum(['object', 'configuration']),
  version: z.string().optional(),
  reason: z.string(),
  warnings: z.array(z.string()),
};

const usable = {
  ...shared,
  address: z.string(),
  serviceMonitorLabels: z.record(z.string(), z.string()),
};

/** What the backend answers of a cluster's Prometheus servers. */
export const prometheusChoicesSchema: z.ZodType<PrometheusChoices> = z.object({
  cluster: z.string(),
  namespace: z.string(),
  detection: z.union([
    z.object({ status: z.enum(['complete', 'notInstalled']) }),
    z.object({
      status: z.enum(['forbidden', 'unreachable']),
      reason: z.string(),
    }),
  ]),
  servers: z.array(
    z.discriminatedUnion('verdict', [
      z.object({ verdict: z.literal('scrapes'), ...usable }),
      z.object({ verdict: z.literal('unknown'), ...usable }),
      z.object({ verdict: z.literal('refuses'), ...shared }),
    ]),
  ),
});
