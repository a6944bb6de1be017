import { fieldSelector } from './fieldSelector';

describe('fieldSelector', () => {
  it('joins fields', () => {
    expect(
      fieldSelector({
        'involvedObject.kind': 'ScaledObject',
        'involvedObject.name': 'odds-api',
      }),
    ).toBe('involvedObject.kind=ScaledObject,involvedObject.name=odds-api');
  });

  it('escapes what would end a value', () => {
    expect(fieldSelector({ 'involvedObject.name': 'a,b=c\\d' })).toBe(
      'involvedObject.name=a\\,b\\=c\\\\d',
    );
  });
});
