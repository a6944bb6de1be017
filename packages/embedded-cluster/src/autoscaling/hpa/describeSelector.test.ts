import { describeSelector } from './describeSelector';

describe('describeSelector', () => {
  it('is the text that Go prints of the struct', () => {
    expect(
      describeSelector({
        matchLabels: { b: 'c', 'scaledobject.keda.sh/name': 'odds' },
        matchExpressions: [{ key: 'q', operator: 'In', values: ['2', '1'] }],
      }),
    ).toBe(
      '&LabelSelector{MatchLabels:map[string]string{b: c,scaledobject.keda.sh/name: odds,},MatchExpressions:[]LabelSelectorRequirement{LabelSelectorRequirement{Key:q,Operator:In,Values:[2 1],},},}',
    );
    expect(describeSelector(undefined)).toBe('nil');
  });
});
