import { labelSelectorSchema, matchesLabelSelector } from './labelSelector';

const labels = { app: 'odds', tier: 'api' };

describe('matchesLabelSelector', () => {
  it.each([
    ['an empty selector', {}, true],
    ['equal labels', { matchLabels: { app: 'odds' } }, true],
    ['another value', { matchLabels: { app: 'bets' } }, false],
    [
      'a value that is listed',
      { matchExpressions: [{ key: 'app', operator: 'In', values: ['odds'] }] },
      true,
    ],
    [
      'a value that is not listed',
      { matchExpressions: [{ key: 'app', operator: 'In', values: ['bets'] }] },
      false,
    ],
    [
      'a value that is excluded',
      {
        matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['odds'] }],
      },
      false,
    ],
    [
      'an absent label under NotIn',
      { matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] },
      true,
    ],
    [
      'a label that exists',
      { matchExpressions: [{ key: 'tier', operator: 'Exists' }] },
      true,
    ],
    [
      'a label that must not exist',
      { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
      false,
    ],
  ])('%s: %j gives %s', (_, selector, expected) => {
    expect(
      matchesLabelSelector(labelSelectorSchema.parse(selector), labels),
    ).toBe(expected);
  });
});
