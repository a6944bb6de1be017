import { canonicalQuantity } from './canonicalQuantity';

describe('canonicalQuantity', () => {
  it.each([
    ['0.5', '500m'],
    [0.5, '500m'],
    ['1000m', '1'],
    ['1', '1'],
    [100, '100'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['100Mi', '100Mi'],
    ['1023', '1023'],
    ['1Ki', '1Ki'],
    ['0.5Ki', '512'],
    ['1e3', '1e3'],
    ['1000', '1k'],
    ['12000k', '12M'],
    ['0', '0'],
    ['-1Mi', '-1Mi'],
    ['107528m', '107528m'],
    ['0.0000000001', '1n'],
    ['+5', '5'],
    ['.5', '500m'],
  ])('writes %s as %s', (written, canonical) => {
    expect(canonicalQuantity(written)).toBe(canonical);
  });

  it.each(['abc', '', '1.2.3', '1Kb', '--1', 'm'])(
    'does not take %j for a quantity',
    written => {
      expect(canonicalQuantity(written)).toBeUndefined();
    },
  );
});
