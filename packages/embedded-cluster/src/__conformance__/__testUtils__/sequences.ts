import fc, { type Arbitrary } from 'fast-check';
import { withNulls } from './arbitraries';
import { NAME } from './names';
import type { JsonRecord, Step } from './Step';
import type { Subject } from './Subject';
import { isRecord } from '../../model/jsonRecord';

const MANAGERS = ['one', 'two', 'kubectl'];

const flags = fc.record(
  {
    force: fc.constant(true),
    dryRun: fc.oneof(
      { weight: 5, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    fieldValidation: fc.constantFrom('Strict' as const, 'Ignore' as const),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** The manifest that a part makes, framed as a request needs it. */
export function manifest(subject: Subject, ...parts: JsonRecord[]): JsonRecord {
  const merged = parts.reduce(merge, {});
  return {
    apiVersion: subject.resource.apiVersion,
    kind: subject.resource.kind,
    ...merged,
    metadata: { ...asRecord(merged.metadata), name: NAME },
  };
}

/** Random requests about one object of the subject's kind, beginning with the one that makes it. */
export function sequenceOf(
  subject: Subject,
  lengths: { min: number; max: number },
): Arbitrary<Step[]> {
  return fc
    .tuple(
      firstStep(subject),
      fc.array(laterStep(subject), {
        minLength: lengths.min,
        maxLength: lengths.max,
      }),
    )
    .map(([first, later]) => [first, ...later]);
}

function firstStep(subject: Subject): Arbitrary<Step> {
  return fc
    .tuple(
      fc.constantFrom('create' as const, 'apply' as const),
      fc.constantFrom(...MANAGERS),
      fc.oneof(fc.constant({}), subject.part),
    )
    .map(([verb, manager, part]) => ({
      verb,
      manager,
      body: manifest(subject, subject.base, part),
    }));
}

function laterStep(subject: Subject): Arbitrary<Step> {
  const { part, operation, strategic, status, base } = subject;
  const manager = fc.constantFrom(...MANAGERS);
  const step = (
    verb: Step['verb'],
    body: Arbitrary<unknown>,
    subresource?: Step['subresource'],
  ): Arbitrary<Step> =>
    fc.tuple(manager, body, flags).map(([who, what, how]) => {
      const { force, ...others } = how;
      return {
        verb,
        manager: who,
        body: what,
        ...others,
        ...(verb === 'apply' && force ? { force } : {}),
        ...(subresource ? { subresource } : {}),
      };
    });

  const choices: { weight: number; arbitrary: Arbitrary<Step> }[] = [
    {
      weight: 8,
      arbitrary: step(
        'apply',
        part.map(one => manifest(subject, one)),
      ),
    },
    {
      weight: 4,
      arbitrary: step(
        'apply',
        part.map(one => manifest(subject, base, one)),
      ),
    },
    { weight: 4, arbitrary: step('merge', withNulls(part)) },
    { weight: 3, arbitrary: step('edit', withNulls(part)) },
    {
      weight: subject.isReplaced === false ? 0 : 2,
      arbitrary: step(
        'replace',
        part.map(one => manifest(subject, base, one)),
      ),
    },
    {
      weight: 3,
      arbitrary: step(
        'json',
        fc.array(operation, { minLength: 1, maxLength: 2 }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constant<Step>({ verb: 'delete', manager: 'one' }),
    },
    {
      weight: 1,
      arbitrary: step(
        'create',
        part.map(one => manifest(subject, base, one)),
      ),
    },
  ];
  if (strategic) {
    choices.push(
      { weight: 3, arbitrary: step('strategic', strategic) },
      { weight: 2, arbitrary: step('strategic', withNulls(part)) },
    );
  }
  if (status) {
    const body = status.map(one => manifest(subject, { status: one }));
    choices.push(
      { weight: 2, arbitrary: step('apply', body, 'status') },
      { weight: 1, arbitrary: step('merge', body, 'status') },
      { weight: 1, arbitrary: step('edit', body, 'status') },
    );
  }
  return fc.oneof(...choices);
}

function merge(object: JsonRecord, part: JsonRecord): JsonRecord {
  const result: JsonRecord = { ...object };
  for (const [key, value] of Object.entries(part)) {
    const old = result[key];
    result[key] = isRecord(value) && isRecord(old) ? merge(old, value) : value;
  }
  return result;
}

function asRecord(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}
