import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { StatusError, type StatusCause } from '../model/StatusError';
import { TestObjects, typeOf } from './__testUtils__/openTestObjects';
import {
  EVALUATED_RULES,
  RULED_SPECS,
} from './__testUtils__/rules/evaluatedRules';
import { REFUSED_RULES } from './__testUtils__/rules/refusedRules';
import type { RuleAnswer } from './__testUtils__/rules/RecordedRules';
import { ruleAnswers } from './__testUtils__/rules/ruleAnswers';
import { ruledDefinition } from './__testUtils__/rules/ruledDefinition';
import { ruledObject } from './__testUtils__/rules/ruledObject';
import type { StoredClusterObjects } from './StoredClusterObjects';

const recorded = ruleAnswers();
const test = new TestObjects();
let objects: StoredClusterObjects;

beforeAll(async () => {
  objects = await test.open();
});

afterAll(() => test.close());

function create(object: KubernetesObject, dryRun: boolean): RuleAnswer {
  try {
    objects.create(typeOf(objects, object), object, { manager: 'm', dryRun });
    return { code: 201 };
  } catch (error) {
    if (error instanceof StatusError) {
      const { code, reason, details } = error;
      return { code, reason, causes: details?.causes };
    }
    throw error;
  }
}

/** Two grammars lose their way at different places, and the library's check names types less exactly. */
const WORDED_DIFFERENTLY = [
  'self.count = 1',
  "self.name == 'a\\q'",
  'self.numbers.all(self.count > 1, true)',
  'self.numbers.filter(one, one).size() > 1',
  'type(self.count) == "int"',
  'self.numbers.existsOne(n, n == 1)',
  'quantity("-1").sign() == -1',
];
/** What rules may cost is not estimated. */
const TOO_DEAR = recorded.refusals.map(
  ({ causes = [] }) => causes[0]?.message?.includes('cost exceeds') ?? false,
);

/** The server's types have a random number in their names. */
function plain(message = ''): string {
  return message.replace(/selfType\d+/g, 'selfType');
}

function withoutText({ reason, field }: StatusCause): StatusCause {
  return { reason, field };
}

describe('definitions with rules, beside a real server', () => {
  const cases = REFUSED_RULES.map(
    (one, index) => [JSON.stringify(one.rule), one, index] as const,
  );

  it.each(cases.filter(([, , index]) => !TOO_DEAR[index]))(
    'are answered as there: %s',
    (_, one, index) => {
      const ours = create(ruledDefinition([one]), true);
      const theirs = recorded.refusals[index];
      const isSameText = !WORDED_DIFFERENTLY.includes(one.rule.rule);
      const told = ours.causes?.map(({ message }) => plain(message)) ?? [];
      expect({ ...ours, causes: ours.causes?.map(withoutText) }).toEqual({
        ...theirs,
        causes: theirs.causes?.map(withoutText),
      });
      // There all mistakes of an expression are told, here the first.
      expect(isSameText ? told : []).toEqual(
        isSameText
          ? (theirs.causes ?? []).map(({ message }, at) =>
              plain(message).slice(0, told[at].length),
            )
          : [],
      );
    },
  );

  it('are taken even where they cost too much', () => {
    const dear = REFUSED_RULES.filter((_, index) => TOO_DEAR[index]);
    expect(dear.map(one => create(ruledDefinition([one]), true).code)).toEqual([
      201, 201,
    ]);
  });
});

/** Refused with 501, by name. */
const NOT_HERE = [
  'self.numbers.all(i, n, n > i)',
  'self.labels.all(key, value, key < value)',
  'self.numbers.transformList(i, n, n * 2) == [2, 4]',
  'self.labels.transformMap(key, value, value + "x") == {"a": "1x"}',
  '[1, 1].distinct() == [1]',
  'lists.range(3) == [0, 1, 2]',
  'isSemver("1.2.3")',
  'isSemver("v1.2")',
  'isSemver("v1.2", true)',
  'semver("1.2.3").isLessThan(semver("1.10.0"))',
  'semver("1.2.3-alpha").isLessThan(semver("1.2.3"))',
  'semver("v1.2", true).major() == 1 && semver("1.2.3").minor() == 2',
  'semver("1.2.3").compareTo(semver("1.2.3+build")) == 0',
  'optional.ofNonZeroValue("").hasValue()',
  'self.?count.optMap(c, c + 1).orValue(0) == 3',
  'self.?inner.optFlatMap(i, i.?size).orValue(0) == 5',
  '[?self.?count, 7] == [2, 7]',
];
/** There, sets are equal whatever their order, numbers overflow, characters are counted, errors say more, and the first item is looked at first. */
const EVALUATED_DIFFERENTLY = [
  'self.unique == ["a", "b"]',
  'int(self.ratio) == 1',
  'self.name.lastIndexOf("c") == 2',
  'ip(self.text).family() == 4',
  '"%s has %d".format([self.name, self.count]) == "abc has 2"',
  '"%.2f %x %.1e".format([1.5, 255, 12.5]) == "1.50 ff 1.2e+01"',
  '"%s %s".format([[1, 2], {"a": true}]) == "[1, 2] {\\"a\\": true}"',
];

describe('objects and rules, beside a real server', () => {
  const compared = EVALUATED_RULES.filter(
    ({ rule }) => !NOT_HERE.includes(rule.rule),
  );

  it('were recorded for more than 200 rules, each with five objects', () => {
    expect(EVALUATED_RULES.length).toBeGreaterThan(200);
    expect(recorded.evaluations).toHaveLength(RULED_SPECS.length);
  });

  it.each(NOT_HERE)('answer 501 to the definition with %s', rule => {
    const definition = ruledDefinition([
      { at: ['properties', 'spec'], rule: { rule } },
    ]);
    expect(create(definition, true)).toMatchObject({
      code: 501,
      reason: 'NotImplemented',
    });
  });

  it('give the same causes', () => {
    expect(create(ruledDefinition(compared), false).code).toBe(201);
    const isCompared = ({ message }: StatusCause) =>
      [...NOT_HERE, ...EVALUATED_DIFFERENTLY].every(
        rule => !message?.endsWith(`rule: ${rule}`),
      );
    const causesOf = ({ causes = [] }: RuleAnswer) =>
      causes
        .filter(isCompared)
        .map(({ field, reason, message }) => `${field} ${reason} ${message}`)
        .sort();
    RULED_SPECS.forEach((spec, index) => {
      const ours = create(ruledObject(spec), true);
      expect(causesOf(ours)).toEqual(causesOf(recorded.evaluations[index]));
    });
  });
});
