import {
  DEFAULT_SCALE_DOWN_RULES,
  DEFAULT_SCALE_UP_RULES,
  type KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod';
import { sameJson } from '../../runtime/sameJson';

const rules = z.record(z.string(), z.unknown()).optional();

const specSchema = z
  .looseObject({
    behavior: z.object({ scaleUp: rules, scaleDown: rules }).optional(),
  })
  .transform(({ behavior, ...spec }) => ({
    ...spec,
    // As the API server fills it in; the window of scaling down it leaves out.
    behavior: behavior && {
      scaleUp: { ...DEFAULT_SCALE_UP_RULES, ...behavior.scaleUp },
      scaleDown: {
        selectPolicy: DEFAULT_SCALE_DOWN_RULES.selectPolicy,
        policies: DEFAULT_SCALE_DOWN_RULES.policies,
        ...behavior.scaleDown,
      },
    },
  }));

/** Whether an autoscaler is as it should be, so that it need not be written. */
export function isUpToDate(
  live: KubernetesObject,
  wanted: KubernetesObject,
): boolean {
  return (
    sameJson(specSchema.parse(live.spec), specSchema.parse(wanted.spec)) &&
    sameJson(live.metadata.labels, wanted.metadata.labels) &&
    sameJson(live.metadata.annotations, wanted.metadata.annotations) &&
    sameJson(live.metadata.ownerReferences, wanted.metadata.ownerReferences)
  );
}
