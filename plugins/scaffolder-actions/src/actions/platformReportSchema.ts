import { z } from 'zod/v3';

const supportSchema = z.enum([
  'tested',
  'untested',
  'newerThanTested',
  'tooOld',
  'unknown',
]);

const componentSchema = z.object({
  component: z.enum(['prometheusOperator', 'keda']),
  state: z.enum(['absent', 'forbidden', 'broken', 'tooOld', 'present']),
  version: z.string().optional(),
  support: supportSchema,
  owner: z
    .enum(['ours', 'others', 'embedded'])
    .optional()
    .describe('Who brought it'),
  missingDefinitions: z.array(z.string()),
  controllers: z.array(
    z.object({
      namespace: z.string(),
      name: z.string(),
      image: z.string(),
      version: z.string().optional(),
      owner: z.enum(['ours', 'others']),
      isAvailable: z.boolean(),
      message: z.string(),
      watches: z
        .array(z.string())
        .optional()
        .describe('The only namespaces that it looks after'),
    }),
  ),
  findings: z.array(
    z.object({
      severity: z.enum(['problem', 'warning', 'note']),
      message: z.string(),
      nextStep: z.string().optional(),
    }),
  ),
});

/** What `platform:inspect` found, as `PlatformReport` of -node says it. */
export const platformReportSchema = z.object({
  cluster: z.string(),
  kubernetes: z.object({ version: z.string(), support: supportSchema }),
  prometheusOperator: componentSchema,
  keda: componentSchema,
  externalMetrics: z.object({
    state: z.enum(['absent', 'unknown', 'available', 'unavailable']),
    owner: z.enum(['keda', 'others']).optional(),
    ownerName: z.string().optional(),
    message: z.string().optional(),
  }),
  servers: z.object({
    state: z.enum(['read', 'notInstalled', 'forbidden']),
    message: z.string().optional(),
    servers: z
      .array(
        z.object({
          namespace: z.string(),
          name: z.string(),
          version: z.string().optional(),
          support: supportSchema,
          isAvailable: z.boolean(),
          message: z.string(),
          selects: z
            .string()
            .describe('Which ServiceMonitors it takes up, in words'),
        }),
      )
      .optional(),
  }),
});
