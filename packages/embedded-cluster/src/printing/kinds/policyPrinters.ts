import { z } from 'zod';
import { ageOf } from '../cells/since';
import { column, NAME, type KindPrinter } from '../KindPrinter';

const amount = z.union([z.number(), z.string()]).nullish();

const budget = z.object({
  spec: z.object({ minAvailable: amount, maxUnavailable: amount }),
  status: z.object({ disruptionsAllowed: z.number().nullish() }).nullish(),
});

export const podDisruptionBudgetPrinter: KindPrinter = {
  columns: [
    NAME,
    column('Min Available'),
    column('Max Unavailable'),
    column('Allowed Disruptions', 'integer'),
    column('Age'),
  ],
  row(object, nowMilliseconds) {
    const { spec, status } = budget.parse(object);
    return {
      cells: [
        object.metadata.name,
        String(spec.minAvailable ?? 'N/A'),
        String(spec.maxUnavailable ?? 'N/A'),
        status?.disruptionsAllowed ?? 0,
        ageOf(object, nowMilliseconds),
      ],
    };
  },
};

const apiService = z.object({
  spec: z.object({
    service: z.object({ namespace: z.string(), name: z.string() }).nullish(),
  }),
  status: z
    .object({
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

export const apiServicePrinter: KindPrinter = {
  columns: [NAME, column('Service'), column('Available'), column('Age')],
  row(object, nowMilliseconds) {
    const { spec, status } = apiService.parse(object);
    const available = status?.conditions?.find(
      ({ type }) => type === 'Available',
    );
    return {
      cells: [
        object.metadata.name,
        spec.service
          ? `${spec.service.namespace}/${spec.service.name}`
          : 'Local',
        availableText(available),
        ageOf(object, nowMilliseconds),
      ],
    };
  },
};

function availableText(
  available: { status: string; reason?: string | null } | undefined,
): string {
  if (available === undefined) {
    return 'Unknown';
  }
  return available.status === 'True'
    ? 'True'
    : `${available.status} (${available.reason ?? ''})`;
}
