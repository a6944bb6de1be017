import type { FieldErrors } from '../validating/FieldErrors';
import type { KindRules } from './KindRules';
import { shaped } from './shaped';
import { validatePort } from './validateProbe';

interface PolicyRule {
  ports?: { protocol?: string; port?: number | string }[];
  from?: object[];
  to?: object[];
}

interface NetworkPolicyFields {
  spec?: {
    policyTypes?: string[];
    egress?: PolicyRule[];
    ingress?: PolicyRule[];
  };
}

const TYPES = ['Ingress', 'Egress'];

/** NetworkPolicies are kept, but nothing enforces them. */
export const networkPolicyRules: KindRules = {
  generation: 'spec',
  defaults: object => {
    const { spec } = shaped<NetworkPolicyFields>(object);
    if (!spec) {
      return;
    }
    for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
      for (const port of rule.ports ?? []) {
        port.protocol ??= 'TCP';
      }
    }
    spec.policyTypes ??= ['Ingress', ...(spec.egress ? ['Egress'] : [])];
  },
  validate: (object, errors) => {
    const { spec = {} } = shaped<NetworkPolicyFields>(object);
    for (const side of ['ingress', 'egress'] as const) {
      (spec[side] ?? []).forEach((rule, index) =>
        validateRule(rule, `spec.${side}[${index}]`, errors),
      );
    }
    (spec.policyTypes ?? []).forEach((type, index) => {
      if (!TYPES.includes(type)) {
        errors.notSupported(`spec.policyTypes[${index}]`, type, TYPES);
      }
    });
  },
};

function validateRule(
  rule: PolicyRule,
  field: string,
  errors: FieldErrors,
): void {
  (rule.ports ?? []).forEach(({ port }, index) => {
    if (port !== undefined) {
      validatePort(port, `${field}.ports[${index}].port`, errors);
    }
  });
  for (const side of ['from', 'to'] as const) {
    (rule[side] ?? []).forEach((peer, index) => {
      if (Object.keys(peer).length === 0) {
        errors.required(`${field}.${side}[${index}]`, 'must specify a peer');
      }
    });
  }
}
