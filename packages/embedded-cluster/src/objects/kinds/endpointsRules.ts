import type { KindRules } from './KindRules';
import { shaped } from './shaped';

interface EndpointsFields {
  subsets?: { ports?: { protocol?: string }[] }[];
}

export const endpointsRules: KindRules = {
  createsOnUpdate: true,
  defaults: object => {
    for (const subset of shaped<EndpointsFields>(object).subsets ?? []) {
      for (const port of subset.ports ?? []) {
        port.protocol ??= 'TCP';
      }
    }
  },
};
