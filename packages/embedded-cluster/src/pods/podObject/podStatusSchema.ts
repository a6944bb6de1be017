import { z } from 'zod';

const terminated = z.looseObject({
  exitCode: z.number(),
  reason: z.string().optional(),
  message: z.string().optional(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  containerID: z.string().optional(),
});
const state = z.object({
  waiting: z
    .object({ reason: z.string().optional(), message: z.string().optional() })
    .optional(),
  running: z.object({ startedAt: z.string() }).optional(),
  terminated: terminated.optional(),
});
const containerStatus = z.object({
  name: z.string(),
  state: state.prefault({}),
  lastState: state.prefault({}),
  ready: z.boolean().default(false),
  started: z.boolean().nullish(),
  restartCount: z.number().default(0),
  image: z.string().default(''),
  imageID: z.string().default(''),
  containerID: z.string().optional(),
});

const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastProbeTime: z.string().nullish(),
  lastTransitionTime: z.string().nullish(),
  observedGeneration: z.number().optional(),
});

export const podStatusSchema = z
  .object({
    phase: z.string().optional(),
    startTime: z.string().nullish(),
    podIP: z.string().optional(),
    qosClass: z.string().optional(),
    conditions: z.array(condition).default([]),
    initContainerStatuses: z.array(containerStatus).default([]),
    containerStatuses: z.array(containerStatus).default([]),
  })
  .prefault({});

export type Terminated = z.infer<typeof terminated>;
export type ContainerStatus = z.infer<typeof containerStatus>;
export type PodCondition = z.infer<typeof condition>;
