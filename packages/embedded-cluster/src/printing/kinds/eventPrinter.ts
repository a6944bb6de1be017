import { z } from 'zod';
import { since } from '../cells/since';
import { column, wide, type KindPrinter } from '../KindPrinter';

const event = z.object({
  involvedObject: z.object({
    kind: z.string().default(''),
    name: z.string().default(''),
    fieldPath: z.string().default(''),
  }),
  type: z.string().default(''),
  reason: z.string().default(''),
  message: z.string().default(''),
  count: z.number().nullish(),
  firstTimestamp: z.string().nullish(),
  lastTimestamp: z.string().nullish(),
  eventTime: z.string().nullish(),
  series: z
    .object({ count: z.number(), lastObservedTime: z.string() })
    .nullish(),
  source: z
    .object({ component: z.string().nullish(), host: z.string().nullish() })
    .nullish(),
  reportingComponent: z.string().nullish(),
  reportingInstance: z.string().nullish(),
});

type Event = z.output<typeof event>;

export const eventPrinter: KindPrinter = {
  columns: [
    column('Last Seen'),
    column('Type'),
    column('Reason'),
    column('Object'),
    wide('Subobject'),
    wide('Source'),
    column('Message'),
    wide('First Seen'),
    wide('Count'),
    { ...wide('Name'), format: 'name' },
  ],
  row(object, nowMilliseconds) {
    const parsed = event.parse(object);
    const first = parsed.firstTimestamp ?? parsed.eventTime;
    const last =
      parsed.series?.lastObservedTime ?? parsed.lastTimestamp ?? first;
    const { kind, name, fieldPath } = parsed.involvedObject;
    return {
      cells: [
        since(last, nowMilliseconds),
        parsed.type,
        parsed.reason,
        name === '' ? kind.toLowerCase() : `${kind.toLowerCase()}/${name}`,
        fieldPath,
        sourceText(parsed),
        parsed.message.trim(),
        since(first, nowMilliseconds),
        parsed.series?.count ?? (parsed.count ? parsed.count : 1),
        object.metadata.name,
      ],
    };
  },
};

function sourceText({
  source,
  reportingComponent,
  reportingInstance,
}: Event): string {
  const component = source?.component
    ? source.component
    : reportingComponent ?? '';
  const instance = source?.host ? source.host : reportingInstance ?? '';
  return instance === '' ? component : `${component}, ${instance}`;
}
