import { z } from 'zod';
import { labelSelectorSchema } from '../../model/labelSelectorSchema';
import { podTemplate } from './workloadParts';
import { orEmpty } from '../../model/orEmpty';
import { labelsCell, selectorCell } from '../cells/selectorCell';
import { ageOf } from '../cells/since';
import { column, NAME, wide, type KindPrinter } from '../KindPrinter';

const count = z
  .number()
  .nullish()
  .transform(value => value ?? 0);
const statusOf = <T extends z.ZodRawShape>(shape: T) =>
  orEmpty(z.object(shape));
const WIDE = [wide('Containers'), wide('Images'), wide('Selector')];

function containerCells(template: z.output<typeof podTemplate>): string[] {
  const { containers } = template.spec;
  return [
    containers.map(({ name }) => name).join(','),
    containers.map(({ image }) => image ?? '').join(','),
  ];
}

const deployment = z.object({
  spec: z.object({
    replicas: count,
    selector: labelSelectorSchema,
    template: podTemplate,
  }),
  status: statusOf({
    readyReplicas: count,
    updatedReplicas: count,
    availableReplicas: count,
  }),
});

export const deploymentPrinter: KindPrinter = {
  columns: [
    NAME,
    column('Ready'),
    column('Up-to-date'),
    column('Available'),
    column('Age'),
    ...WIDE,
  ],
  row(object, nowMilliseconds) {
    const { spec, status } = deployment.parse(object);
    return {
      cells: [
        object.metadata.name,
        `${status.readyReplicas}/${spec.replicas}`,
        status.updatedReplicas,
        status.availableReplicas,
        ageOf(object, nowMilliseconds),
        ...containerCells(spec.template),
        selectorCell(spec.selector),
      ],
    };
  },
};

const replicaSet = z.object({
  spec: z.object({
    replicas: count,
    selector: labelSelectorSchema.nullish(),
    template: podTemplate,
  }),
  status: statusOf({ replicas: count, readyReplicas: count }),
});

const REPLICA_COLUMNS = [
  NAME,
  column('Desired', 'integer'),
  column('Current', 'integer'),
  column('Ready', 'integer'),
  column('Age'),
  ...WIDE,
];

export const replicaSetPrinter: KindPrinter = {
  columns: REPLICA_COLUMNS,
  row(object, nowMilliseconds) {
    const { spec, status } = replicaSet.parse(object);
    return {
      cells: [
        object.metadata.name,
        spec.replicas,
        status.replicas,
        status.readyReplicas,
        ageOf(object, nowMilliseconds),
        ...containerCells(spec.template),
        selectorCell(spec.selector ?? undefined),
      ],
    };
  },
};

const replicationController = z.object({
  spec: z.object({
    replicas: count,
    selector: z.record(z.string(), z.string()).nullish(),
    template: podTemplate,
  }),
  status: statusOf({ replicas: count, readyReplicas: count }),
});

export const replicationControllerPrinter: KindPrinter = {
  columns: REPLICA_COLUMNS,
  row(object, nowMilliseconds) {
    const { spec, status } = replicationController.parse(object);
    return {
      cells: [
        object.metadata.name,
        spec.replicas,
        status.replicas,
        status.readyReplicas,
        ageOf(object, nowMilliseconds),
        ...containerCells(spec.template),
        labelsCell(spec.selector),
      ],
    };
  },
};

export const statefulSetPrinter: KindPrinter = {
  columns: [
    NAME,
    column('Ready'),
    column('Age'),
    wide('Containers'),
    wide('Images'),
  ],
  row(object, nowMilliseconds) {
    const { spec, status } = replicaSet.parse(object);
    return {
      cells: [
        object.metadata.name,
        `${status.readyReplicas}/${spec.replicas}`,
        ageOf(object, nowMilliseconds),
        ...containerCells(spec.template),
      ],
    };
  },
};

const daemonSet = z.object({
  spec: z.object({ selector: labelSelectorSchema, template: podTemplate }),
  status: statusOf({
    desiredNumberScheduled: count,
    currentNumberScheduled: count,
    numberReady: count,
    updatedNumberScheduled: count,
    numberAvailable: count,
  }),
});

export const daemonSetPrinter: KindPrinter = {
  columns: [
    NAME,
    column('Desired', 'integer'),
    column('Current', 'integer'),
    column('Ready', 'integer'),
    column('Up-to-date', 'integer'),
    column('Available', 'integer'),
    column('Node Selector'),
    column('Age'),
    ...WIDE,
  ],
  row(object, nowMilliseconds) {
    const { spec, status } = daemonSet.parse(object);
    return {
      cells: [
        object.metadata.name,
        status.desiredNumberScheduled,
        status.currentNumberScheduled,
        status.numberReady,
        status.updatedNumberScheduled,
        status.numberAvailable,
        labelsCell(spec.template.spec.nodeSelector),
        ageOf(object, nowMilliseconds),
        ...containerCells(spec.template),
        selectorCell(spec.selector),
      ],
    };
  },
};
