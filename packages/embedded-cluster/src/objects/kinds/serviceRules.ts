import { dnsLabel } from '../validating/names';
import type { KindRules } from './KindRules';
import { shaped } from './shaped';
import { validateService } from './validateService';
import { allocateService } from './allocateService';

export interface ServicePortFields {
  name?: string;
  port?: number;
  protocol?: string;
  targetPort?: number | string;
  nodePort?: number;
  appProtocol?: string;
}

export interface ServiceFields {
  spec?: {
    type?: string;
    clusterIP?: string;
    clusterIPs?: string[];
    externalName?: string;
    ports?: ServicePortFields[];
    selector?: Record<string, string>;
    sessionAffinity?: string;
    sessionAffinityConfig?: { clientIP?: { timeoutSeconds?: number } };
    internalTrafficPolicy?: string;
    externalTrafficPolicy?: string;
    externalIPs?: string[];
    ipFamilies?: string[];
    ipFamilyPolicy?: string;
    allocateLoadBalancerNodePorts?: boolean;
    healthCheckNodePort?: number;
  };
}

const SESSION_SECONDS = 10_800;

export const serviceRules: KindRules = {
  nameRule: dnsLabel,
  createsOnUpdate: true,
  defaults: object => {
    const { spec } = shaped<ServiceFields>(object);
    if (!spec) {
      return;
    }
    spec.sessionAffinity ??= 'None';
    if (spec.sessionAffinity === 'None') {
      delete spec.sessionAffinityConfig;
    } else if (spec.sessionAffinity === 'ClientIP') {
      spec.sessionAffinityConfig ??= {};
      spec.sessionAffinityConfig.clientIP ??= {};
      spec.sessionAffinityConfig.clientIP.timeoutSeconds ??= SESSION_SECONDS;
    }
    spec.type ??= 'ClusterIP';
    for (const port of spec.ports ?? []) {
      port.protocol ??= 'TCP';
      if (
        port.targetPort === undefined ||
        port.targetPort === 0 ||
        port.targetPort === ''
      ) {
        port.targetPort = port.port;
      }
    }
    if (isReachedFromOutside(spec)) {
      spec.externalTrafficPolicy ??= 'Cluster';
    }
    if (spec.type !== 'ExternalName') {
      spec.internalTrafficPolicy ??= 'Cluster';
    }
    if (spec.type === 'LoadBalancer') {
      spec.allocateLoadBalancerNodePorts ??= true;
    }
  },
  prepareCreate: object => {
    object.status = { loadBalancer: {} };
  },
  prepareUpdate: (object, old) => {
    const next = shaped<ServiceFields>(object);
    const before = shaped<ServiceFields>(old);
    dropWithType(next, before);
    carryOver(next, before);
  },
  allocate: allocateService,
  validate: (object, errors) => {
    validateService(shaped<ServiceFields>(object).spec ?? {}, errors);
  },
  validateUpdate: (object, old, errors) => {
    const { spec = {} } = shaped<ServiceFields>(object);
    const { spec: before = {} } = shaped<ServiceFields>(old);
    if (
      before.type !== 'ExternalName' &&
      spec.type !== 'ExternalName' &&
      before.clusterIP &&
      spec.clusterIP !== before.clusterIP
    ) {
      errors.invalid(
        'spec.clusterIPs[0]',
        [spec.clusterIP],
        'may not change once set',
      );
    }
  },
};

const WITH_NODE_PORTS = ['NodePort', 'LoadBalancer'];

/** Through node ports, a load balancer, or addresses that somebody routes here. */
function isReachedFromOutside({
  type,
  externalIPs = [],
}: NonNullable<ServiceFields['spec']>): boolean {
  return (
    WITH_NODE_PORTS.includes(type ?? '') ||
    (type === 'ClusterIP' && externalIPs.length > 0)
  );
}

/** What a Service had for its old type, and repeats unchanged, goes with the type. */
function dropWithType(
  { spec }: ServiceFields,
  { spec: before }: ServiceFields,
): void {
  if (!spec || !before) {
    return;
  }
  if (
    isReachedFromOutside(before) &&
    !isReachedFromOutside(spec) &&
    spec.externalTrafficPolicy === before.externalTrafficPolicy
  ) {
    delete spec.externalTrafficPolicy;
  }
  if (spec.type === before.type) {
    return;
  }
  if (spec.type === 'ExternalName') {
    if (spec.clusterIP === before.clusterIP) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
      delete spec.ipFamilies;
      delete spec.ipFamilyPolicy;
    }
    delete spec.internalTrafficPolicy;
  }
  if (
    WITH_NODE_PORTS.includes(before.type ?? '') &&
    !WITH_NODE_PORTS.includes(spec.type ?? '')
  ) {
    const old = new Set((before.ports ?? []).map(port => port.nodePort));
    for (const port of spec.ports ?? []) {
      if (old.has(port.nodePort)) {
        delete port.nodePort;
      }
    }
    delete spec.allocateLoadBalancerNodePorts;
  }
}

/** A client need not repeat what was allocated. */
function carryOver(next: ServiceFields, old: ServiceFields): void {
  const { spec } = next;
  const { spec: before } = old;
  if (!spec || !before) {
    return;
  }
  if (spec.type !== 'ExternalName' && before.type !== 'ExternalName') {
    spec.clusterIP ??= before.clusterIP;
    if (spec.clusterIP === before.clusterIP) {
      spec.clusterIPs ??= before.clusterIPs && [...before.clusterIPs];
    }
    spec.ipFamilies ??= before.ipFamilies && [...before.ipFamilies];
    spec.ipFamilyPolicy ??= before.ipFamilyPolicy;
  }
  if (
    WITH_NODE_PORTS.includes(spec.type ?? '') &&
    WITH_NODE_PORTS.includes(before.type ?? '')
  ) {
    const known = new Map(
      (before.ports ?? []).map(port => [`${port.protocol}/${port.port}`, port]),
    );
    for (const port of spec.ports ?? []) {
      const nodePort = known.get(`${port.protocol}/${port.port}`)?.nodePort;
      if (nodePort !== undefined) {
        port.nodePort ??= nodePort;
      }
    }
  }
}
