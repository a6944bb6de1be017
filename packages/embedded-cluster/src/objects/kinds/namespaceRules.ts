import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { dnsLabel } from '../validating/names';
import type { KindRules } from './KindRules';
import { shaped } from './shaped';

const NAME_LABEL = 'kubernetes.io/metadata.name';

/** Namespaces: each carries its name as a label and is held by its own finalizer. */
export const namespaceRules: KindRules = {
  nameRule: name =>
    name.includes('.') ? ['must not contain dots'] : dnsLabel(name),
  defaults: ({ metadata }: KubernetesObject) => {
    if (metadata.name) {
      metadata.labels = { ...metadata.labels, [NAME_LABEL]: metadata.name };
    }
  },
  prepareCreate: object => {
    object.spec = { finalizers: ['kubernetes'] };
    object.status = { phase: 'Active' };
  },
  prepareUpdate: (object, old, subresource) => {
    if (subresource === 'finalize') {
      object.status = old.status;
    } else {
      object.spec = old.spec;
    }
  },
  isHeld: object => {
    const { spec } = shaped<{ spec?: { finalizers?: string[] } }>(object);
    return (spec?.finalizers ?? []).length > 0;
  },
};
