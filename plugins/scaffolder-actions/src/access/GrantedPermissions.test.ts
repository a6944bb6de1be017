import { mockCredentials } from '@backstage/backend-test-utils';
import { GrantedPermissions } from './GrantedPermissions';

describe('GrantedPermissions', () => {
  it('knows the credentials that it was given, for a day', () => {
    let now = 0;
    const granted = new GrantedPermissions(() => now);
    granted.remember(mockCredentials.user('user:default/ada'));
    expect(granted.has(mockCredentials.user('user:default/ada'))).toBe(true);
    expect(granted.has(mockCredentials.user('user:default/eve'))).toBe(false);
    now = 25 * 60 * 60 * 1000;
    expect(granted.has(mockCredentials.user('user:default/ada'))).toBe(false);
  });

  it('tells two tokens of one user apart', () => {
    const granted = new GrantedPermissions();
    const withToken = (token: string) => ({
      ...mockCredentials.user('user:default/ada'),
      token,
    });
    granted.remember(withToken('first'));
    expect(granted.has(withToken('first'))).toBe(true);
    expect(granted.has(withToken('second'))).toBe(false);
  });
});
