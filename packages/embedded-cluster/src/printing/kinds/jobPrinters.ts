import { z } from 'zod';
import { labelSelectorSchema } from '../../model/labelSelectorSchema';
import { humanDuration } from '../cells/humanDuration';
import { selectorCell } from '../cells/selectorCell';
import { ageOf, since } from '../cells/since';
import { column, NAME, wide, type KindPrinter } from '../KindPrinter';
import { podTemplate } from './workloadParts';

const job = z.object({
  spec: z.object({
    completions: z.number().nullish(),
    parallelism: z.number().nullish(),
    selector: labelSelectorSchema.nullish(),
    template: podTemplate,
  }),
  status: z
    .object({
      succeeded: z.number().nullish(),
      startTime: z.string().nullish(),
      completionTime: z.string().nullish(),
      conditions: z
        .array(z.object({ type: z.string(), status: z.string() }))
        .nullish(),
    })
    .nullish()
    .transform(status => status ?? {}),
});

type Job = z.output<typeof job>;

export const jobPrinter: KindPrinter = {
  columns: [
    NAME,
    column('Status'),
    column('Completions'),
    column('Duration'),
    column('Age'),
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  row(object, nowMilliseconds) {
    const parsed = job.parse(object);
    const { containers } = parsed.spec.template.spec;
    return {
      cells: [
        object.metadata.name,
        statusText(parsed, object.metadata.deletionTimestamp !== undefined),
        completionsText(parsed),
        durationText(parsed, nowMilliseconds),
        ageOf(object, nowMilliseconds),
        containers.map(({ name }) => name).join(','),
        containers.map(({ image }) => image ?? '').join(','),
        selectorCell(parsed.spec.selector ?? undefined),
      ],
    };
  },
};

function statusText({ status }: Job, isDeleting: boolean): string {
  const has = (type: string) =>
    (status.conditions ?? []).some(
      condition => condition.type === type && condition.status === 'True',
    );
  if (has('Complete')) {
    return 'Complete';
  }
  if (has('Failed')) {
    return 'Failed';
  }
  if (isDeleting) {
    return 'Terminating';
  }
  return (
    ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(has) ?? 'Running'
  );
}

function completionsText({ spec, status }: Job): string {
  const succeeded = status.succeeded ?? 0;
  if (typeof spec.completions === 'number') {
    return `${succeeded}/${spec.completions}`;
  }
  const parallelism = spec.parallelism ?? 0;
  return parallelism > 1
    ? `${succeeded}/1 of ${parallelism}`
    : `${succeeded}/1`;
}

function durationText({ status }: Job, nowMilliseconds: number): string {
  const { startTime, completionTime } = status;
  if (!startTime) {
    return '';
  }
  // One that failed has no time of completion, and so goes on.
  return humanDuration(
    (completionTime ? Date.parse(completionTime) : nowMilliseconds) -
      Date.parse(startTime),
  );
}

const cronJob = z.object({
  spec: z.object({
    schedule: z.string(),
    timeZone: z.string().nullish(),
    suspend: z.boolean().nullish(),
    jobTemplate: z.object({
      spec: z.object({
        selector: labelSelectorSchema.nullish(),
        template: podTemplate,
      }),
    }),
  }),
  status: z
    .object({
      active: z.array(z.unknown()).nullish(),
      lastScheduleTime: z.string().nullish(),
    })
    .nullish(),
});

export const cronJobPrinter: KindPrinter = {
  columns: [
    NAME,
    column('Schedule'),
    column('Timezone'),
    column('Suspend', 'boolean'),
    column('Active', 'integer'),
    column('Last Schedule'),
    column('Age'),
    wide('Containers'),
    wide('Images'),
    wide('Selector'),
  ],
  row(object, nowMilliseconds) {
    const { spec, status } = cronJob.parse(object);
    const { containers } = spec.jobTemplate.spec.template.spec;
    return {
      cells: [
        object.metadata.name,
        spec.schedule,
        spec.timeZone ?? '<none>',
        spec.suspend === true ? 'True' : 'False',
        status?.active?.length ?? 0,
        status?.lastScheduleTime
          ? since(status.lastScheduleTime, nowMilliseconds)
          : '<none>',
        ageOf(object, nowMilliseconds),
        containers.map(({ name }) => name).join(','),
        containers.map(({ image }) => image ?? '').join(','),
        selectorCell(spec.jobTemplate.spec.selector ?? undefined),
      ],
    };
  },
};
