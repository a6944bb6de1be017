import {
  PrometheusChoice,
  scalingPolicyFields,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { z } from 'zod/v3';
import { isUsable } from '../../model/monitoringAdvice';

const schema = scalingPolicyFields.pick({ prometheusServer: true });

/** Value of `ui:field: SportsbookPrometheus`. */
export type PrometheusServerValue = NonNullable<
  z.infer<typeof schema>['prometheusServer']
>;

/** The form's `prometheusServer`; undefined while none is chosen. */
export function prometheusServerOf(
  formData: unknown,
): PrometheusServerValue | undefined {
  const parsed = schema.safeParse(formData);
  return parsed.success ? parsed.data.prometheusServer : undefined;
}

/** What the form keeps of a server. The configuration says the rest of its own. */
export function valueOf(
  server: PrometheusChoice,
): PrometheusServerValue | undefined {
  if (!isUsable(server)) {
    return undefined;
  }
  const { name, source, address, serviceMonitorLabels } = server;
  return source === 'configuration'
    ? { name }
    : {
        name,
        address,
        ...(Object.keys(serviceMonitorLabels).length > 0 && {
          serviceMonitorLabels,
        }),
      };
}
