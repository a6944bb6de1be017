import { z } from 'zod';
import { environmentSource, environmentVariable } from './environmentSchema';
import { hookSchema } from './hookSchema';
import { probeSchema } from './probeSchema';

export const containerSchema = z.object({
  name: z.string(),
  image: z.string().default(''),
  imagePullPolicy: z.string().default('IfNotPresent'),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  workingDir: z.string().optional(),
  env: z.array(environmentVariable).default([]),
  envFrom: z.array(environmentSource).default([]),
  ports: z
    .array(z.object({ name: z.string().optional(), containerPort: z.number() }))
    .default([]),
  resources: z
    .object({
      limits: z
        .record(z.string(), z.union([z.string(), z.number()]))
        .optional(),
      requests: z
        .record(z.string(), z.union([z.string(), z.number()]))
        .optional(),
    })
    .prefault({}),
  volumeMounts: z
    .array(
      z.object({
        name: z.string(),
        mountPath: z.string(),
        readOnly: z.boolean().default(false),
        subPath: z.string().default(''),
      }),
    )
    .default([]),
  startupProbe: probeSchema.optional(),
  readinessProbe: probeSchema.optional(),
  livenessProbe: probeSchema.optional(),
  lifecycle: z
    .object({
      preStop: hookSchema.optional(),
      postStart: hookSchema.optional(),
    })
    .prefault({}),
  securityContext: z
    .object({ readOnlyRootFilesystem: z.boolean().nullish() })
    .nullish(),
  /** Of init containers: `Always` makes it one that runs beside the others. */
  restartPolicy: z.string().optional(),
});

export type Container = z.infer<typeof containerSchema>;
