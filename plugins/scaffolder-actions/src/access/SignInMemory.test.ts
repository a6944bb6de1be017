import { userCredentials } from '../__testUtils__/userCredentials';
import { SignInMemory } from './SignInMemory';

describe('SignInMemory', () => {
  it('knows the credentials that it was given, for a day', () => {
    let now = 0;
    const memory = new SignInMemory<string>(() => now);
    memory.remember(userCredentials('user:default/ada'), 'answer');
    expect(memory.recall(userCredentials('user:default/ada'))).toBe('answer');
    expect(memory.recall(userCredentials('user:default/eve'))).toBeUndefined();
    now = 25 * 60 * 60 * 1000;
    expect(memory.recall(userCredentials('user:default/ada'))).toBeUndefined();
  });

  it('tells two tokens of one user apart', () => {
    const memory = new SignInMemory<string>();
    const withToken = (token: string) => ({
      ...userCredentials('user:default/ada'),
      token,
    });
    memory.remember(withToken('first'), 'answer');
    expect(memory.recall(withToken('first'))).toBe('answer');
    expect(memory.recall(withToken('second'))).toBeUndefined();
  });
});
