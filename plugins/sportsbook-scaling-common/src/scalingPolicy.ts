import { z } from 'zod/v3';
import { longestServiceName } from './contract';

/** A DNS label that starts with a letter: what names of Services allow (RFC 1035). */
export const SERVICE_NAME_PATTERN = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
/** A DNS label: what names of namespaces allow (RFC 1123). */
export const NAMESPACE_PATTERN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
/**
 * Address of a Prometheus server, with a path prefix where it has one. Neither
 * credentials nor query: it ends up in the ScaledObject, which many may read.
 */
export const PROMETHEUS_ADDRESS_PATTERN =
  /^https?:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[A-Za-z0-9._~/-]*)?$/;
/**
 * Name of a Prometheus server: `namespace/name` of a Prometheus object, or what
 * Backstage's configuration calls it.
 */
export const PROMETHEUS_SERVER_PATTERN =
  /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$/;
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const LABEL_KEY_PATTERN =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE_PATTERN =
  /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
/** Node ports that a cluster hands out by default. */
export const NODE_PORT_RANGE = { lowest: 30000, highest: 32767 } as const;

const nodePort = z
  .number()
  .int()
  .min(NODE_PORT_RANGE.lowest)
  .max(NODE_PORT_RANGE.highest);

/** Limits and defaults of the policy's numbers; units are in the names. */
export const POLICY_LIMITS = {
  requestsPerSecondPerReplica: { lowest: 1, highest: 100_000, default: 100 },
  minReplicas: { lowest: 1, highest: 500, default: 2 },
  maxReplicas: { lowest: 1, highest: 500, default: 10 },
} as const;

const replicas = (limits: {
  lowest: number;
  highest: number;
  default: number;
}) =>
  z
    .number()
    .int()
    .min(limits.lowest)
    .max(limits.highest)
    .default(limits.default);

const prometheusAddress = z
  .string()
  .max(253)
  .regex(
    PROMETHEUS_ADDRESS_PATTERN,
    'must be an address such as http://prometheus.monitoring.svc:9090, without credentials',
  );

/** Labels of a Kubernetes object. */
export const labelsSchema = z.record(
  z
    .string()
    .max(317)
    .regex(LABEL_KEY_PATTERN, 'must be the key of a Kubernetes label'),
  z
    .string()
    .max(63)
    .regex(LABEL_VALUE_PATTERN, 'must be the value of a Kubernetes label'),
);

const prometheusServer = z
  .object({
    /** As {@link PROMETHEUS_SERVER_PATTERN} says. */
    name: z
      .string()
      .min(1)
      .max(253)
      .regex(
        PROMETHEUS_SERVER_PATTERN,
        'must be the namespace and name of a Prometheus object, such as monitoring/k8s, or the name of a configured server',
      ),
    /** What KEDA asks. Not needed for a server that the configuration describes. */
    address: prometheusAddress.optional(),
    /** What the ServiceMonitor needs so that the server takes it up. */
    serviceMonitorLabels: labelsSchema.optional(),
  })
  .strict();

/**
 * What the form asks, and the only home of its defaults and limits.
 *
 * Built with zod v3, which is what the scaffolder hands out. The scaffolder
 * validates by JSON Schema alone, so whoever receives these values parses them
 * with {@link parseScalingPolicy}.
 */
export const scalingPolicyFields = z.object({
  /** Service name; all other names are derived from it. */
  name: z
    .string()
    .min(1)
    .max(longestServiceName('existing'))
    .regex(
      SERVICE_NAME_PATTERN,
      'must consist of lower-case letters, digits and dashes, start with a letter and not end with a dash',
    ),
  /** Entity ref of the owning group or user. */
  owner: z.string().min(1),
  namespace: z
    .string()
    .min(1)
    .max(63)
    .regex(
      NAMESPACE_PATTERN,
      'must consist of lower-case letters, digits and dashes, and start and end with a letter or digit',
    ),
  /** Name of a cluster that Backstage's kubernetes plugin knows. */
  cluster: z.string().min(1),
  /** KEDA's `threshold`, unit requests per second and replica. */
  requestsPerSecondPerReplica: z
    .number()
    .int()
    .min(POLICY_LIMITS.requestsPerSecondPerReplica.lowest)
    .max(POLICY_LIMITS.requestsPerSecondPerReplica.highest)
    .default(POLICY_LIMITS.requestsPerSecondPerReplica.default),
  /** At least 1: the rate is measured in the pods, so none can be measured at 0. */
  minReplicas: replicas(POLICY_LIMITS.minReplicas),
  maxReplicas: replicas(POLICY_LIMITS.maxReplicas),
  serviceType: z.enum(['ClusterIP', 'NodePort']).default('ClusterIP'),
  /** Absent: the cluster chooses. Only with serviceType NodePort. */
  nodePort: nodePort.optional(),
  monitoring: z.enum(['own', 'existing']).default('own'),
  /** Exposes the own Prometheus on this port of every node. Absent: it stays inside the cluster. */
  prometheusNodePort: nodePort.optional(),
  /** Which of the cluster's servers scrapes the service. Only with monitoring `existing`. */
  prometheusServer: prometheusServer.optional(),
  /**
   * The server that KEDA asks, as seen from inside the cluster, where nobody
   * describes it. Only with monitoring `existing`, instead of prometheusServer.
   */
  prometheusAddress: prometheusAddress.optional(),
});

/** {@link scalingPolicyFields} with the rules that hold between fields. */
export const scalingPolicySchema = scalingPolicyFields.superRefine(
  (policy, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: z.ZodIssueCode.custom, path: [path], message });
    const longest = longestServiceName(policy.monitoring);
    if (policy.name.length > longest) {
      refuse(
        'name',
        `has ${policy.name.length} characters; at most ${longest} are possible with monitoring '${policy.monitoring}'`,
      );
    }
    if (policy.minReplicas > policy.maxReplicas) {
      refuse(
        'minReplicas',
        `is ${policy.minReplicas}, above maxReplicas ${policy.maxReplicas}`,
      );
    }
    if (policy.nodePort !== undefined && policy.serviceType !== 'NodePort') {
      refuse('nodePort', `needs serviceType 'NodePort'`);
    }
    if (policy.prometheusNodePort !== undefined) {
      if (policy.monitoring !== 'own') {
        refuse('prometheusNodePort', `needs monitoring 'own'`);
      } else if (policy.prometheusNodePort === policy.nodePort) {
        refuse('prometheusNodePort', `is the same as nodePort`);
      }
    }
    if (policy.monitoring === 'existing') {
      if (
        policy.prometheusServer === undefined &&
        policy.prometheusAddress === undefined
      ) {
        refuse(
          'prometheusServer',
          `is missing; with monitoring 'existing' it, or prometheusAddress, names the server that KEDA asks`,
        );
      } else if (
        policy.prometheusServer !== undefined &&
        policy.prometheusAddress !== undefined
      ) {
        refuse(
          'prometheusAddress',
          'names a server beside prometheusServer; leave one of them out',
        );
      }
    } else {
      for (const field of ['prometheusServer', 'prometheusAddress'] as const) {
        if (policy[field] !== undefined) {
          refuse(field, `needs monitoring 'existing'`);
        }
      }
    }
  },
);

export type ScalingPolicy = z.infer<typeof scalingPolicySchema>;

/** Thrown as a plain list so that callers can wrap it in their own error type. */
export type PolicyProblem = { field: string; message: string };

/** Either the policy with defaults filled in, or everything that is wrong with the input. */
export function parseScalingPolicy(
  input: unknown,
):
  | { ok: true; policy: ScalingPolicy }
  | { ok: false; problems: PolicyProblem[] } {
  const parsed = scalingPolicySchema.safeParse(input);
  if (parsed.success) {
    return { ok: true, policy: parsed.data };
  }
  return {
    ok: false,
    problems: parsed.error.issues.map(issue => ({
      field: issue.path.join('.') || '(input)',
      message: issue.message,
    })),
  };
}

/** Replicas that are held while Prometheus does not answer: twice the minimum, within the maximum. */
export function fallbackReplicas(
  policy: Pick<ScalingPolicy, 'minReplicas' | 'maxReplicas'>,
): number {
  return Math.min(policy.maxReplicas, 2 * policy.minReplicas);
}
