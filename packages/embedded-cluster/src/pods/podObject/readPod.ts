import { z } from 'zod';
import { containerSchema } from './containerSchema';
import { podStatusSchema } from './podStatusSchema';
import { volumeSchema } from './volumeSchema';

const strings = z.record(z.string(), z.string());

const pod = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    generation: z.number().default(1),
    labels: strings.default({}),
    annotations: strings.default({}),
    deletionTimestamp: z.string().nullish(),
    deletionGracePeriodSeconds: z.number().nullish(),
  }),
  spec: z.object({
    nodeName: z.string().optional(),
    nodeSelector: strings.default({}),
    schedulerName: z.string().default('default-scheduler'),
    restartPolicy: z.string().default('Always'),
    terminationGracePeriodSeconds: z.number().default(30),
    activeDeadlineSeconds: z.number().optional(),
    hostname: z.string().optional(),
    serviceAccountName: z.string().default('default'),
    enableServiceLinks: z.boolean().default(true),
    initContainers: z.array(containerSchema).default([]),
    containers: z.array(containerSchema),
    volumes: z.array(volumeSchema).default([]),
    readinessGates: z
      .array(z.object({ conditionType: z.string() }))
      .default([]),
  }),
  status: podStatusSchema,
});

/** What the kubelet reads of a Pod. */
export type PodObject = z.infer<typeof pod>;

export function readPod(object: unknown): PodObject {
  return pod.parse(object);
}
