/** A pod's spec as far as defaults and validation look at it. */
export interface PodSpecFields {
  containers?: ContainerFields[];
  initContainers?: ContainerFields[];
  ephemeralContainers?: ContainerFields[];
  volumes?: VolumeFields[];
  restartPolicy?: string;
  dnsPolicy?: string;
  schedulerName?: string;
  securityContext?: Record<string, unknown>;
  terminationGracePeriodSeconds?: number;
  serviceAccount?: string;
  serviceAccountName?: string;
  hostNetwork?: boolean;
  enableServiceLinks?: boolean;
  nodeName?: string;
  activeDeadlineSeconds?: number;
  automountServiceAccountToken?: boolean;
  priority?: number;
  priorityClassName?: string;
  preemptionPolicy?: string;
  tolerations?: TolerationFields[];
}

export interface TolerationFields {
  key?: string;
  operator?: string;
  effect?: string;
  tolerationSeconds?: number;
}

export interface ContainerFields {
  name?: string;
  image?: string;
  imagePullPolicy?: string;
  terminationMessagePath?: string;
  terminationMessagePolicy?: string;
  resources?: ResourceFields;
  ports?: PortFields[];
  env?: EnvFields[];
  volumeMounts?: {
    name?: string;
    mountPath?: string;
    readOnly?: boolean;
    subPath?: string;
  }[];
  livenessProbe?: ProbeFields;
  readinessProbe?: ProbeFields;
  startupProbe?: ProbeFields;
  lifecycle?: { preStop?: HandlerFields; postStart?: HandlerFields };
  restartPolicy?: string;
}

export interface ResourceFields {
  limits?: Record<string, string>;
  requests?: Record<string, string>;
}

export interface PortFields {
  name?: string;
  containerPort?: number;
  hostPort?: number;
  protocol?: string;
}

export interface EnvFields {
  name?: string;
  value?: string;
  valueFrom?: {
    fieldRef?: { apiVersion?: string; fieldPath?: string };
    configMapKeyRef?: { name?: string; key?: string };
    secretKeyRef?: { name?: string; key?: string };
    resourceFieldRef?: { resource?: string; divisor?: string };
    fileKeyRef?: { path?: string; key?: string };
  };
}

export interface HandlerFields {
  httpGet?: { path?: string; port?: number | string; scheme?: string };
  tcpSocket?: { port?: number | string };
  exec?: { command?: string[] };
  grpc?: { port?: number; service?: string };
  sleep?: { seconds?: number };
}

export interface ProbeFields extends HandlerFields {
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
  initialDelaySeconds?: number;
  terminationGracePeriodSeconds?: number;
}

export interface VolumeFields {
  name?: string;
  configMap?: { defaultMode?: number; name?: string; items?: PathItem[] };
  secret?: { defaultMode?: number; secretName?: string; items?: PathItem[] };
  emptyDir?: Record<string, unknown>;
  downwardAPI?: { defaultMode?: number; items?: DownwardItem[] };
  projected?: {
    defaultMode?: number;
    sources?: {
      downwardAPI?: { items?: DownwardItem[] };
      serviceAccountToken?: { expirationSeconds?: number; path?: string };
      configMap?: { name?: string; items?: PathItem[] };
      secret?: { name?: string; items?: PathItem[] };
    }[];
  };
  hostPath?: { type?: string; path?: string };
}

interface PathItem {
  key?: string;
  path?: string;
}

interface DownwardItem {
  path?: string;
  fieldRef?: { apiVersion?: string; fieldPath?: string };
  resourceFieldRef?: { divisor?: string; resource?: string };
}

export interface PodTemplateFields {
  metadata?: {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: PodSpecFields;
}
