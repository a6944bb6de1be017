import { z } from 'zod';

const strings = z.record(z.string(), z.string());
const portNumberOrName = z.union([z.number(), z.string()]);

const httpGet = z.object({
  path: z.string().default('/'),
  port: portNumberOrName,
  host: z.string().optional(),
  scheme: z.string().default('HTTP'),
  httpHeaders: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .default([]),
});

const probe = z.object({
  httpGet: httpGet.optional(),
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

const keyOf = z.object({
  name: z.string().default(''),
  key: z.string(),
  optional: z.boolean().default(false),
});
const fieldRef = z.object({ fieldPath: z.string() });
const resourceFieldRef = z.object({
  containerName: z.string().optional(),
  resource: z.string(),
  divisor: z.union([z.string(), z.number()]).default('1'),
});

const environmentVariable = z.object({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .object({
      fieldRef: fieldRef.optional(),
      resourceFieldRef: resourceFieldRef.optional(),
      configMapKeyRef: keyOf.optional(),
      secretKeyRef: keyOf.optional(),
    })
    .optional(),
});

const named = z.object({
  name: z.string().default(''),
  optional: z.boolean().default(false),
});
const environmentSource = z.object({
  prefix: z.string().default(''),
  configMapRef: named.optional(),
  secretRef: named.optional(),
});

const hook = z.object({
  sleep: z.object({ seconds: z.number() }).optional(),
  httpGet: httpGet.optional(),
  exec: z.unknown().optional(),
});

const container = z.object({
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
  startupProbe: probe.optional(),
  readinessProbe: probe.optional(),
  livenessProbe: probe.optional(),
  lifecycle: z
    .object({ preStop: hook.optional(), postStart: hook.optional() })
    .prefault({}),
  securityContext: z
    .object({ readOnlyRootFilesystem: z.boolean().nullish() })
    .nullish(),
  /** Of init containers: `Always` makes it one that runs beside the others. */
  restartPolicy: z.string().optional(),
});

const keyToPath = z.object({
  key: z.string(),
  path: z.string(),
  mode: z.number().optional(),
});
const downwardItem = z.object({
  path: z.string(),
  fieldRef: fieldRef.optional(),
  resourceFieldRef: resourceFieldRef.optional(),
  mode: z.number().optional(),
});
const filesOf = {
  items: z.array(keyToPath).optional(),
  optional: z.boolean().default(false),
};

const volume = z.looseObject({
  name: z.string(),
  emptyDir: z.object({}).optional(),
  configMap: z
    .object({
      name: z.string().default(''),
      defaultMode: z.number().default(0o644),
      ...filesOf,
    })
    .optional(),
  secret: z
    .object({
      secretName: z.string().default(''),
      defaultMode: z.number().default(0o644),
      ...filesOf,
    })
    .optional(),
  downwardAPI: z
    .object({
      items: z.array(downwardItem).default([]),
      defaultMode: z.number().default(0o644),
    })
    .optional(),
  projected: z
    .object({
      defaultMode: z.number().default(0o644),
      sources: z
        .array(
          z.object({
            configMap: z
              .object({ name: z.string().default(''), ...filesOf })
              .optional(),
            secret: z
              .object({ name: z.string().default(''), ...filesOf })
              .optional(),
            downwardAPI: z
              .object({ items: z.array(downwardItem).default([]) })
              .optional(),
            serviceAccountToken: z
              .object({
                audience: z.string().optional(),
                expirationSeconds: z.number().default(3_600),
                path: z.string(),
              })
              .optional(),
          }),
        )
        .default([]),
    })
    .optional(),
});

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
    initContainers: z.array(container).default([]),
    containers: z.array(container),
    volumes: z.array(volume).default([]),
    readinessGates: z
      .array(z.object({ conditionType: z.string() }))
      .default([]),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      startTime: z.string().nullish(),
      podIP: z.string().optional(),
      qosClass: z.string().optional(),
      conditions: z.array(condition).default([]),
      initContainerStatuses: z.array(containerStatus).default([]),
      containerStatuses: z.array(containerStatus).default([]),
    })
    .prefault({}),
});

/** What the kubelet reads of a Pod. */
export type PodObject = z.infer<typeof pod>;
export type Container = z.infer<typeof container>;
export type Volume = z.infer<typeof volume>;
export type Probe = z.infer<typeof probe>;
export type HttpGet = z.infer<typeof httpGet>;
export type Hook = z.infer<typeof hook>;
export type ContainerStatus = z.infer<typeof containerStatus>;
export type Terminated = z.infer<typeof terminated>;
export type PodCondition = z.infer<typeof condition>;

export function readPod(object: unknown): PodObject {
  return pod.parse(object);
}

/** A container's port by its number or its name; undefined where no port has the name. */
export function containerPort(
  { ports }: Pick<Container, 'ports'>,
  port: number | string,
): number | undefined {
  return typeof port === 'number'
    ? port
    : ports.find(({ name }) => name === port)?.containerPort;
}
