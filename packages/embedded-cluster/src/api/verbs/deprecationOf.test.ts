import { builtInTypes } from '../../schema';
import { deprecationOf } from './deprecationOf';

const warningOf = (plural: string) => {
  const type = builtInTypes().find(
    one => one.plural === plural && one.group === '',
  );
  return type && deprecationOf(type);
};

describe('deprecationOf', () => {
  it('warns of Endpoints, and of no kind that stays', () => {
    expect(warningOf('endpoints')).toBe(
      'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
    );
    expect(warningOf('pods')).toBeUndefined();
  });
});
