import type { LabelSelector } from '../../model/labels';
import type { KindRules } from './KindRules';
import { shaped } from './shaped';
import { validateNumberOrPercent } from './validateNumbers';
import { validateSelector } from './validateSelector';

interface BudgetFields {
  spec?: {
    minAvailable?: number | string;
    maxUnavailable?: number | string;
    selector?: LabelSelector;
    unhealthyPodEvictionPolicy?: string;
  };
}

export const podDisruptionBudgetRules: KindRules = {
  generation: 'spec',
  unconditionalUpdate: false,
  prepareCreate: object => {
    object.status = {
      disruptionsAllowed: 0,
      currentHealthy: 0,
      desiredHealthy: 0,
      expectedPods: 0,
    };
  },
  validate: (object, errors) => {
    const { spec = {} } = shaped<BudgetFields>(object);
    const { minAvailable, maxUnavailable, selector } = spec;
    if (minAvailable !== undefined && maxUnavailable !== undefined) {
      errors.invalid(
        'spec',
        {
          MinAvailable: minAvailable,
          Selector: selector ?? null,
          MaxUnavailable: maxUnavailable,
          UnhealthyPodEvictionPolicy: spec.unhealthyPodEvictionPolicy ?? null,
        },
        'minAvailable and maxUnavailable cannot be both set',
      );
    }
    validateNumberOrPercent(minAvailable, 'spec.minAvailable', errors);
    validateNumberOrPercent(maxUnavailable, 'spec.maxUnavailable', errors);
    if (selector) {
      validateSelector(selector, 'spec.selector', errors);
    }
  },
};
