import type {
  ContainerFields,
  HandlerFields,
  PodSpecFields,
  ProbeFields,
  VolumeFields,
} from './podTemplate';

const FILE_MODE = 0o644;
const TOKEN_SECONDS = 3_600;

/** Fills in what every pod's spec has, in templates and in pods. */
export function defaultPodSpec(spec: PodSpecFields): void {
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.schedulerName ??= 'default-scheduler';
  spec.securityContext ??= {};
  // Two names of one field: the old one follows the new one.
  if (spec.serviceAccountName !== undefined) {
    spec.serviceAccount = spec.serviceAccountName;
  } else if (spec.serviceAccount !== undefined) {
    spec.serviceAccountName = spec.serviceAccount;
  }
  for (const container of [
    ...(spec.containers ?? []),
    ...(spec.initContainers ?? []),
    ...(spec.ephemeralContainers ?? []),
  ]) {
    defaultContainer(container);
    if (spec.hostNetwork) {
      for (const port of container.ports ?? []) {
        port.hostPort ??= port.containerPort;
      }
    }
  }
  for (const volume of spec.volumes ?? []) {
    defaultVolume(volume);
  }
}

function defaultContainer(container: ContainerFields): void {
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  container.imagePullPolicy ??= pullPolicy(container.image ?? '');
  container.resources ??= {};
  for (const port of container.ports ?? []) {
    port.protocol ??= 'TCP';
  }
  for (const { valueFrom } of container.env ?? []) {
    if (valueFrom?.fieldRef) {
      valueFrom.fieldRef.apiVersion ??= 'v1';
    }
    if (valueFrom?.resourceFieldRef) {
      valueFrom.resourceFieldRef.divisor ??= '0';
    }
  }
  for (const probe of [
    container.livenessProbe,
    container.readinessProbe,
    container.startupProbe,
  ]) {
    if (probe) {
      defaultProbe(probe);
    }
  }
  for (const handler of [
    container.lifecycle?.preStop,
    container.lifecycle?.postStart,
  ]) {
    if (handler) {
      defaultHandler(handler);
    }
  }
}

/** A tag that moves is pulled each time. */
function pullPolicy(image: string): string {
  if (image.includes('@')) {
    return 'IfNotPresent';
  }
  const last = image.slice(image.lastIndexOf('/') + 1);
  const [, tag = 'latest'] = last.split(':');
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultProbe(probe: ProbeFields): void {
  probe.timeoutSeconds ??= 1;
  probe.periodSeconds ??= 10;
  probe.successThreshold ??= 1;
  probe.failureThreshold ??= 3;
  defaultHandler(probe);
  if (probe.grpc) {
    probe.grpc.service ??= '';
  }
}

function defaultHandler({ httpGet }: HandlerFields): void {
  if (httpGet) {
    httpGet.path ??= '/';
    httpGet.scheme ??= 'HTTP';
  }
}

function defaultVolume(volume: VolumeFields): void {
  if (Object.keys(volume).every(name => name === 'name')) {
    volume.emptyDir = {};
  }
  for (const files of [
    volume.configMap,
    volume.secret,
    volume.downwardAPI,
    volume.projected,
  ]) {
    if (files) {
      files.defaultMode ??= FILE_MODE;
    }
  }
  if (volume.hostPath) {
    volume.hostPath.type ??= '';
  }
  const sources = volume.projected?.sources ?? [];
  for (const { fieldRef, resourceFieldRef } of [
    ...(volume.downwardAPI?.items ?? []),
    ...sources.flatMap(source => source.downwardAPI?.items ?? []),
  ]) {
    if (fieldRef) {
      fieldRef.apiVersion ??= 'v1';
    }
    if (resourceFieldRef) {
      resourceFieldRef.divisor ??= '0';
    }
  }
  for (const { serviceAccountToken } of sources) {
    if (serviceAccountToken) {
      serviceAccountToken.expirationSeconds ??= TOKEN_SECONDS;
    }
  }
}
