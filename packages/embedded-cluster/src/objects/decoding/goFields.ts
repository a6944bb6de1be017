/**
 * Which fields of the built-in kinds Go leaves out when they are zero. The
 * server's types have plain fields, which vanish, and pointers, which stay as
 * written; the published schemas do not tell them apart.
 */

/** Strings that are pointers: an empty one stays. */
const POINTER_STRINGS = new Set([
  'appProtocol',
  'holderIdentity',
  'hostname',
  'hostnameOverride',
  'ingressClassName',
  'loadBalancerClass',
  'localhostProfile',
  'namespace',
  'nodeName',
  'resourceClaimName',
  'runtimeClassName',
  'storageClassName',
  'volumeMode',
  'zone',
]);
/** Of those, the ones that are plain strings in the kinds that matter most. */
const PLAIN_AT = new Set([
  'metadata.namespace',
  'subjects.namespace',
  'involvedObject.namespace',
  'spec.nodeName',
  'spec.hostname',
  'template.spec.nodeName',
  'template.spec.hostname',
]);

const PLAIN_NUMBERS = new Set([
  'count',
  'failureThreshold',
  'generation',
  'hostPort',
  'initialDelaySeconds',
  'iscsiPort',
  'lastTriggeredGeneration',
  'minReadySeconds',
  'nodePort',
  'observedGeneration',
  'periodSeconds',
  'port',
  'signal',
  'successThreshold',
  'timeoutSeconds',
  'active',
  'availableReplicas',
  'currentReplicas',
  'failed',
  'fullyLabeledReplicas',
  'numberAvailable',
  'readyReplicas',
  'replicas',
  'succeeded',
  'unavailableReplicas',
  'updatedReplicas',
]);

const PLAIN_BOOLEANS = new Set([
  'hostIPC',
  'hostNetwork',
  'hostPID',
  'paused',
  'publishNotReadyAddresses',
  'readOnly',
  'stdin',
  'stdinOnce',
  'tty',
  'unschedulable',
  'preserveUnknownFields',
]);

/**
 * Whether the server leaves the value out.
 * @param parent - name of the field that holds this one's object; empty at the root
 * @param grandparent - and of the one above
 */
export function isLeftOut(
  value: unknown,
  name: string,
  parent: string,
  grandparent: string,
): boolean {
  if (value === '') {
    return (
      !POINTER_STRINGS.has(name) ||
      PLAIN_AT.has(`${parent}.${name}`) ||
      PLAIN_AT.has(`${grandparent}.${parent}.${name}`)
    );
  }
  if (value === 0) {
    return (
      PLAIN_NUMBERS.has(name) && !(name === 'replicas' && parent === 'spec')
    );
  }
  return value === false && PLAIN_BOOLEANS.has(name);
}
