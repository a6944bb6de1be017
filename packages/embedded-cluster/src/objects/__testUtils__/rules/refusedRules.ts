import type { ValidationRule } from '../../../model/TypeSchema';
import type { RulePlace } from './ruledDefinition';

/** A rule that a real server does not take, with what stands around it. */
export interface RefusedRule {
  at: RulePlace;
  rule: ValidationRule;
}

const SPEC = ['properties', 'spec'];

function spec(...rules: string[]): RefusedRule[] {
  return rules.map(rule => ({ at: SPEC, rule: { rule } }));
}

function spoken(messageExpression: string): RefusedRule {
  return { at: SPEC, rule: { rule: 'self.count > 1', messageExpression } };
}

export const REFUSED_RULES: readonly RefusedRule[] = [
  // Not readable.
  ...spec(
    'self.count >',
    'self.count > > 1',
    '(self.count > 1',
    "self.name == 'a",
    'self.count = 1',
    'self..count > 1',
    'self.count > 1 &&',
    '[1, 2',
    'self.count ? 1',
    '@',
    'self.count > 1 self.count',
    'if > 1',
    "self.name == 'a\\q'",
    '',
    ' ',
  ),
  // Names that nobody knows.
  ...spec(
    'selff.count > 1',
    'oldself.count > 1',
    'self.numbers.all(one, two > 1)',
    'has(selff.count)',
    'unknown(self.count)',
    'self.name.unknown()',
    'self.numbers.unknown(1)',
    'authorizer.path("/").check("get").allowed()',
    'self.numbers.all(self.count > 1, true)',
  ),
  // Fields that the schema does not have.
  ...spec(
    'self.missing > 1',
    'has(self.missing)',
    'has(self.inner.missing)',
    'self.inner.missing == 1',
    'self.ports.all(port, port.missing > 1)',
    'self.ports[0].missing == 1',
    'self.open.anything == 1',
    'has(self.open.anything)',
    'self.in == "a"',
    'self["count"] > 1',
    'self.name.length > 1',
    'self.count.value > 1',
    'has(self.name.length)',
    'has(self)',
    'has(self.labels["a"])',
    'self.metadata.name == "a"',
  ),
  { at: [], rule: { rule: 'self.metadata.labels.size() > 0' } },
  { at: [], rule: { rule: 'self.spec.missing' } },
  // Types that do not go together.
  ...spec(
    "self.count + 'x' == 'y'",
    'self.count == "1"',
    'self.count + 1',
    'self.name',
    'self.count > 1.5 && self.name > 1',
    'self.ratio + 1 > 2.0',
    'self.ratio == 1',
    'self.ratio > 1 + "a"',
    '!self.count',
    '-self.name == "a"',
    'self.count && true',
    'self.enabled || self.count',
    'self.count in [1, "a"]',
    'self.name in self.numbers',
    'self.count in self.labels',
    'self.names + self.numbers == []',
    '[1, "a"].size() == 2',
    '{"a": 1, "b": "c"}.size() == 2',
    '{1: 1, "b": 2}.size() == 2',
    'self.enabled ? 1 : "a"',
    'self.count ? true : false',
    'self.names.all(one, one > 1)',
    'self.names.all(one, one)',
    'self.numbers.map(one, one + "a").size() > 1',
    'self.numbers.filter(one, one).size() > 1',
    'self.count.all(one, one > 1)',
    'self.names[0] > 1',
    'self.names["a"] == "a"',
    'self.labels[1] == "a"',
    'self.count[0] == 1',
    'size(self.count) > 1',
    'self.count.size() > 1',
    'self.count.startsWith("a")',
    'self.name.startsWith(1)',
    'self.name.startsWith("a", "b")',
    'self.name.matches(1)',
    'self.nothing == null',
    'self.count == null',
    'self.inner == null',
    'self.inner == self.labels',
    'self.at > self.every',
    'self.at == "2026-11-24T10:00:00Z"',
    'self.every > 5',
    'self.key == "aGk="',
    'self.numbers.sum() == "a"',
    'self.names.sum() == "a"',
    'self.names.max() > 1',
    'int(self.enabled) == 1',
    'string(self.numbers) == ""',
    'duration(self.count) > duration("1s")',
    'self.port + 1',
    'type(self.count) == "int"',
  ),
  // Literals that are looked at early.
  ...spec(
    'self.name.matches("(")',
    'self.every > duration("soon")',
    'self.at > timestamp("today")',
    'quantity(1).isInteger()',
    'url(self.count).getHost() == "a"',
    'ip(1).family() == 4',
    'self.name.find(1) == "a"',
    'isQuantity(self.count)',
  ),
  // Functions of other versions, and what costs too much.
  ...spec(
    '["a", "b"].join("-") == "a-b"',
    'self.name.reverse() == "cba"',
    'self.numbers.existsOne(n, n == 1)',
    'self.ports == [{"name": "http", "number": 80}]',
    'self.inner == {"size": 5}',
    'cel.bind(size, self.numbers.size(), size > 1)',
    'quantity("50k").add("20k") == quantity("70k")',
    'quantity("-1").sign() == -1',
    '"%5.1e".format([1.5]) == ""',
  ),
  // Elsewhere than in the middle.
  { at: [...SPEC, 'properties', 'count'], rule: { rule: 'self.value > 1' } },
  { at: [...SPEC, 'properties', 'count'], rule: { rule: 'self > "a"' } },
  {
    at: [...SPEC, 'properties', 'ports', 'items'],
    rule: { rule: 'self.nummer > 1' },
  },
  { at: [...SPEC, 'properties', 'names'], rule: { rule: 'self > 1' } },
  {
    at: [...SPEC, 'properties', 'labels'],
    rule: { rule: 'self.all(key, self[key] > 1)' },
  },
  {
    at: [...SPEC, 'properties', 'unique', 'items'],
    rule: { rule: 'self == oldSelf' },
  },
  {
    at: [...SPEC, 'properties', 'names', 'items'],
    rule: { rule: 'self == oldSelf' },
  },
  { at: [...SPEC, 'properties', 'open'], rule: { rule: 'self.a == 1' } },
  { at: [...SPEC, 'properties', 'port'], rule: { rule: 'self.a' } },
  // Several lines, and several mistakes.
  ...spec(
    'self.count > 1 &&\n  self.missing > 2',
    'self.missing > 1 || self.absent > 2',
    'selff.a + selff.b > 1',
  ),
  // What is said when the rule does not hold.
  spoken('self.count'),
  spoken('self.missing'),
  spoken('"a" +'),
  spoken('1 + 1'),
  spoken("'the name is ' + self.count"),
  spoken(''),
  { at: SPEC, rule: { rule: 'self.count > 1', message: '' } },
  { at: SPEC, rule: { rule: 'self.count > 1', message: ' ' } },
  { at: SPEC, rule: { rule: 'self.count > 1', message: 'two\nlines' } },
  { at: SPEC, rule: { rule: 'self.count > 1\n&& true' } },
  { at: SPEC, rule: { rule: 'self.count > 1', reason: 'Whatever' } },
  { at: SPEC, rule: { rule: 'self.count > 1', fieldPath: '.missing' } },
  { at: SPEC, rule: { rule: 'self.count > 1', fieldPath: 'count' } },
  { at: SPEC, rule: { rule: 'self.count > 1', fieldPath: '.ports[0]' } },
  { at: SPEC, rule: { rule: 'self.count > 1', fieldPath: '' } },
  {
    at: SPEC,
    rule: {
      rule: `self.name == '${'a'.repeat(3000)}'`,
      message: 'm'.repeat(2100),
    },
  },
  {
    at: SPEC,
    rule: {
      rule: 'self.names.all(a, self.names.all(b, self.names.all(c, self.names.all(d, self.names.all(e, self.names.all(f, a.contains(b) && c.contains(d) && e.contains(f)))))))',
    },
  },
];
