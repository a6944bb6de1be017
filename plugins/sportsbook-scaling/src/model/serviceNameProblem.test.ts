import { serviceNameProblem } from './serviceNameProblem';

describe('serviceNameProblem', () => {
  it.each(['odds-api', 'true', 'null', 'odds-1e3', 'a'])(
    'finds nothing wrong with %s',
    name => {
      expect(serviceNameProblem(name, 'own')).toBeUndefined();
    },
  );

  it('leaves an empty name to the form, which knows whether it is required', () => {
    expect(serviceNameProblem('', 'own')).toBeUndefined();
  });

  it.each([
    ['Odds', "'O' is not possible"],
    ['odds api', 'A space is not possible'],
    ['odds_api', "'_' is not possible"],
    ['ödds', "'ö' is not possible"],
    ['1odds', 'Must begin with a letter.'],
    ['-odds', 'Must begin with a letter.'],
    ['odds-', 'Must not end with a dash.'],
  ])('says what is wrong with %s', (name, problem) => {
    expect(serviceNameProblem(name, 'own')).toContain(problem);
  });

  it('allows 41 characters with an own Prometheus and 63 without', () => {
    expect(serviceNameProblem('a'.repeat(41), 'own')).toBeUndefined();
    expect(serviceNameProblem('a'.repeat(42), 'own')).toContain(
      'At most 41 characters',
    );
    expect(serviceNameProblem('a'.repeat(63), 'existing')).toBeUndefined();
    expect(serviceNameProblem('a'.repeat(64), 'existing')).toBe(
      'At most 63 characters.',
    );
  });
});
