import { arch, machine, platform, release, version } from 'node:os';
import { readFileSync } from 'node:fs';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { NODE_NAME, VERSION_SUFFIX } from '../../model/names';
import { HOST_ADDRESS } from '../status/podStatus';
import { machineCapacity } from './machineCapacity';

/** The version whose API was recorded. */
const KUBERNETES_VERSION = 'v1.36.3';
/** Says what whoever sets limits should know. */
const LIMITS_ANNOTATION = 'sportsbook-scaling/limits';

/** What the one node's labels are; a pod may select by them. */
export function nodeLabels(): Record<string, string> {
  return {
    'beta.kubernetes.io/arch': architecture(),
    'beta.kubernetes.io/os': operatingSystem(),
    'kubernetes.io/arch': architecture(),
    'kubernetes.io/hostname': NODE_NAME,
    'kubernetes.io/os': operatingSystem(),
  };
}

/** The Node as it is registered. */
export function nodeObject(): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: NODE_NAME,
      labels: nodeLabels(),
      annotations: {
        [LIMITS_ANNOTATION]:
          'memory limits are enforced once a second, processor limits are not: containers are processes of this machine',
      },
    },
    spec: {},
  };
}

/** @param transitions - since when each condition holds, by type @param now - RFC 3339 */
export function nodeStatus(
  transitions: ReadonlyMap<string, string>,
  now: string,
): Record<string, unknown> {
  const capacity = machineCapacity();
  const condition = (
    type: string,
    status: string,
    reason: string,
    message: string,
  ) => ({
    lastHeartbeatTime: now,
    lastTransitionTime: transitions.get(`${type}=${status}`) ?? now,
    message,
    reason,
    status,
    type,
  });
  return {
    addresses: [
      { address: HOST_ADDRESS, type: 'InternalIP' },
      { address: NODE_NAME, type: 'Hostname' },
    ],
    allocatable: capacity,
    capacity,
    conditions: [
      condition(
        'MemoryPressure',
        'False',
        'KubeletHasSufficientMemory',
        'kubelet has sufficient memory available',
      ),
      condition(
        'DiskPressure',
        'False',
        'KubeletHasNoDiskPressure',
        'kubelet has no disk pressure',
      ),
      condition(
        'PIDPressure',
        'False',
        'KubeletHasSufficientPID',
        'kubelet has sufficient PID available',
      ),
      condition(
        'Ready',
        'True',
        'KubeletReady',
        'kubelet is posting ready status',
      ),
    ],
    nodeInfo: {
      architecture: architecture(),
      bootID: '',
      containerRuntimeVersion: `node-process://${process.versions.node}`,
      kernelVersion: release(),
      kubeProxyVersion: '',
      kubeletVersion: `${KUBERNETES_VERSION}${VERSION_SUFFIX}`,
      machineID: '',
      operatingSystem: operatingSystem(),
      osImage: osImage(),
      systemUUID: '',
    },
  };
}

function architecture(): string {
  return arch() === 'x64' ? 'amd64' : arch();
}

function operatingSystem(): string {
  return platform() === 'win32' ? 'windows' : platform();
}

function osImage(): string {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    const name = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(text)?.[1];
    if (name !== undefined) {
      return name;
    }
  } catch {
    // Only Linux has the file.
  }
  return `${version()} (${machine()})`;
}
