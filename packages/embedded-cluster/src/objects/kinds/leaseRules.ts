import type { KindRules } from './KindRules';
import { shaped } from './shaped';
import { validateNotNegative } from './validateNumbers';

interface LeaseFields {
  spec?: { leaseDurationSeconds?: number; leaseTransitions?: number };
}

export const leaseRules: KindRules = {
  createsOnUpdate: true,
  unconditionalUpdate: false,
  validate: (object, errors) => {
    const { spec = {} } = shaped<LeaseFields>(object);
    const { leaseDurationSeconds } = spec;
    if (leaseDurationSeconds !== undefined && leaseDurationSeconds <= 0) {
      errors.invalid(
        'spec.leaseDurationSeconds',
        leaseDurationSeconds,
        'must be greater than 0',
      );
    }
    validateNotNegative(spec.leaseTransitions, 'spec.leaseTransitions', errors);
  },
};
