import { timestamp } from '../../model/Clock';
import type { AutoscalerCondition } from './autoscalerSpec';

/** The conditions of one sync: changed in place, new ones last, each with the time of its last change of status. */
export class AutoscalerConditions {
  readonly #conditions: AutoscalerCondition[];
  readonly #nowMilliseconds: number;

  constructor(before: readonly AutoscalerCondition[], nowMilliseconds: number) {
    this.#conditions = [...before];
    this.#nowMilliseconds = nowMilliseconds;
  }

  set(
    type: 'AbleToScale' | 'ScalingActive' | 'ScalingLimited',
    status: 'True' | 'False',
    { reason, message }: { reason: string; message: string },
  ): void {
    const index = this.#conditions.findIndex(
      condition => condition.type === type,
    );
    const before = this.#conditions.at(index);
    const condition = {
      type,
      status,
      reason,
      message,
      lastTransitionTime:
        index !== -1 && before?.status === status && before.lastTransitionTime
          ? before.lastTransitionTime
          : timestamp(this.#nowMilliseconds),
    };
    if (index === -1) {
      this.#conditions.push(condition);
    } else {
      this.#conditions[index] = condition;
    }
  }

  list(): AutoscalerCondition[] {
    return this.#conditions;
  }
}
