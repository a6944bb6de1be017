import { redact } from './redact';

describe('redact', () => {
  it.each([
    ['GET https://ada:pw@host/x failed', 'GET https://***@host/x failed'],
    ['authorization: Basic YWRhOnB3', 'authorization: ***'],
    ['sent Bearer abc.def-ghi to host', 'sent Bearer *** to host'],
    ['//host/:_authToken=npm_abc', '//host/:_authToken=***'],
    ['{"password":"pw","user":"ada"}', '{"password":"***","user":"ada"}'],
    ['npm error code E404', 'npm error code E404'],
  ])('makes %s into %s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('hides given secrets everywhere, and leaves text alone where none is given', () => {
    expect(redact('a s3cr3t and s3cr3t.', ['s3cr3t', '', undefined])).toBe(
      'a *** and ***.',
    );
  });
});
