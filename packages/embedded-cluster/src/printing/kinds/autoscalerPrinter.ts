import { z } from 'zod';
import { atMost } from '../cells/atMost';
import { ageOf } from '../cells/since';
import { column, NAME, type KindPrinter } from '../KindPrinter';

const amounts = z
  .object({
    value: z.string().nullish(),
    averageValue: z.string().nullish(),
    averageUtilization: z.number().nullish(),
  })
  .nullish();

const metric = z.object({ name: z.string().nullish() });
/** Spec and status of a metric are alike, but for `target` and `current`. */
const source = z
  .object({
    name: z.string().nullish(),
    metric: metric.nullish(),
    target: amounts,
    current: amounts,
  })
  .nullish();

const metricEntry = z.object({
  type: z.string(),
  external: source,
  pods: source,
  object: source,
  resource: source,
  containerResource: source,
});

const autoscaler = z.object({
  spec: z.object({
    minReplicas: z.number().nullish(),
    maxReplicas: z.number(),
    scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
    metrics: z.array(metricEntry).nullish(),
  }),
  status: z
    .object({
      currentReplicas: z.number().nullish(),
      currentMetrics: z.array(metricEntry).nullish(),
    })
    .nullish(),
});

type MetricEntry = z.output<typeof metricEntry>;

const SHOWN_METRICS = 2;

export const autoscalerPrinter: KindPrinter = {
  columns: [
    NAME,
    column('Reference'),
    column('Targets'),
    column('MinPods'),
    column('MaxPods'),
    column('Replicas'),
    column('Age'),
  ],
  row(object, nowMilliseconds) {
    const { spec, status } = autoscaler.parse(object);
    const current = status?.currentMetrics ?? [];
    return {
      cells: [
        object.metadata.name,
        `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
        atMost(
          (spec.metrics ?? []).map((wanted, index) =>
            targetText(wanted, current[index]),
          ),
          SHOWN_METRICS,
          { separator: ', ', none: '<none>' },
        ),
        typeof spec.minReplicas === 'number'
          ? String(spec.minReplicas)
          : '<unset>',
        spec.maxReplicas,
        status?.currentReplicas ?? 0,
        ageOf(object, nowMilliseconds),
      ],
    };
  },
};

function targetText(
  wanted: MetricEntry,
  current: MetricEntry | undefined,
): string {
  switch (wanted.type) {
    case 'External':
      return valueText(wanted.external, current?.external);
    case 'Object':
      return valueText(wanted.object, current?.object);
    case 'Pods':
      return `${current?.pods?.current?.averageValue ?? '<unknown>'}/${
        wanted.pods?.target?.averageValue ?? '<auto>'
      }`;
    case 'Resource':
      return resourceText(wanted.resource, current?.resource);
    case 'ContainerResource':
      return resourceText(wanted.containerResource, current?.containerResource);
    default:
      return '<unknown type>';
  }
}

type Source = z.output<typeof source>;

function valueText(wanted: Source, current: Source): string {
  const { averageValue, value } = wanted?.target ?? {};
  return averageValue
    ? `${current?.current?.averageValue ?? '<unknown>'}/${averageValue} (avg)`
    : `${current?.current?.value ?? '<unknown>'}/${value ?? ''}`;
}

function resourceText(wanted: Source, current: Source): string {
  const { averageValue, averageUtilization } = wanted?.target ?? {};
  const name = wanted?.name ?? '';
  if (averageValue) {
    return `${name}: ${
      current?.current?.averageValue ?? '<unknown>'
    }/${averageValue}`;
  }
  const used = current?.current?.averageUtilization;
  return `${name}: ${typeof used === 'number' ? `${used}%` : '<unknown>'}/${
    typeof averageUtilization === 'number' ? `${averageUtilization}%` : '<auto>'
  }`;
}
