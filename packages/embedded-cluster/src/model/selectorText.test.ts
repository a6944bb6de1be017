import { selectorText } from './selectorText';

const selector = {
  matchLabels: { b: 'c', 'scaledobject.keda.sh/name': 'odds' },
  matchExpressions: [
    { key: 'q', operator: 'In' as const, values: ['2', '1'] },
    { key: 'a', operator: 'NotIn' as const, values: ['x'] },
    { key: 'here', operator: 'Exists' as const },
    { key: 'old', operator: 'DoesNotExist' as const },
  ],
};

describe('selectorText', () => {
  it('sorts requirements by key and values by themselves', () => {
    expect(selectorText(selector)).toBe(
      'a notin (x),b=c,here,!old,q in (1,2),scaledobject.keda.sh/name=odds',
    );
  });

  it('is empty for a selector of nothing in particular', () => {
    expect(selectorText({})).toBe('');
  });
});
