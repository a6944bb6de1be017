import { AuthService } from '@backstage/backend-plugin-api';

/**
 * A token of our own for the kubernetes plugin. Asked for on each call: one
 * that is kept would expire under a long task.
 */
export async function serviceToken(auth: AuthService): Promise<string> {
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf: await auth.getOwnServiceCredentials(),
    targetPluginId: 'kubernetes',
  });
  return token;
}
