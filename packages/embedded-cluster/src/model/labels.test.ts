import { matchesSelector, matchesServiceSelector } from './labels';

describe('matchesSelector', () => {
  it.each(['toString', 'constructor', '__proto__'])(
    'does not find %s in labels that lack it',
    key => {
      const exists = {
        matchExpressions: [{ key, operator: 'Exists' as const }],
      };
      const missing = {
        matchExpressions: [{ key, operator: 'DoesNotExist' as const }],
      };

      expect(matchesSelector({ app: 'a' }, exists)).toBe(false);
      expect(matchesSelector(undefined, exists)).toBe(false);
      expect(matchesSelector({ app: 'a' }, missing)).toBe(true);
    },
  );

  it('finds a label that is called like a member of every object', () => {
    expect(
      matchesSelector(
        { toString: 'a' },
        {
          matchLabels: { toString: 'a' },
          matchExpressions: [
            { key: 'toString', operator: 'Exists' },
            { key: 'toString', operator: 'In', values: ['a'] },
          ],
        },
      ),
    ).toBe(true);
  });

  it('selects everything by an empty selector and nothing without one', () => {
    expect(matchesSelector(undefined, {})).toBe(true);
    expect(matchesSelector({}, undefined)).toBe(false);
  });
});

describe('matchesServiceSelector', () => {
  it('selects nothing without a label to look for', () => {
    expect(matchesServiceSelector({ app: 'a' }, {})).toBe(false);
    expect(matchesServiceSelector({ app: 'a' }, { app: 'a' })).toBe(true);
  });
});
