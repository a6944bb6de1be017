import { expandVariables } from './expandVariables';

describe('expandVariables', () => {
  it.each([
    ['$(A)/$(B)', '1/two'],
    ['$(C)', '$(C)'],
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$1'],
    ['$A and $', '$A and $'],
    ['$(A', '$(A'],
    ['$()', '$()'],
    ['$(toString)', '$(toString)'],
  ])('makes of %s what a container would get', (text, expected) => {
    expect(expandVariables(text, { A: '1', B: 'two' })).toBe(expected);
  });
});
