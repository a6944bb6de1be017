import { addKubernetesToken, AddTokenApis } from './addKubernetesToken';

function setUp(options: {
  authProvider?: string;
  oidcTokenProvider?: string;
  access?: 'sharedAccount' | 'userToken';
  getCredentials?: AddTokenApis['authProvidersApi']['getCredentials'];
  secrets?: Record<string, string>;
}) {
  let secrets = options.secrets ?? {};
  const asked: string[] = [];
  const errors: string[] = [];
  const run = (formState: Record<string, string> = { cluster: 'prod' }) =>
    addKubernetesToken(
      {
        input: { clusterParameter: 'cluster' },
        formState,
        setSecrets: change => {
          secrets = change(secrets);
        },
      },
      {
        errorApi: {
          post: error => errors.push(error.message),
          error$: () => {
            throw new Error('nobody listens here');
          },
        },
        kubernetesApi: {
          getClusters: async () => [
            {
              name: 'prod',
              authProvider: options.authProvider ?? 'oidc',
              oidcTokenProvider: options.oidcTokenProvider,
            },
          ],
        },
        authProvidersApi: {
          getCredentials: async provider => {
            asked.push(provider);
            return options.getCredentials
              ? await options.getCredentials(provider)
              : { token: 'of-ada' };
          },
        },
        choicesApi: {
          getClusters: async () => ({
            clusters: [{ name: 'prod', access: options.access ?? 'userToken' }],
          }),
        },
      },
    );
  return { run, asked, errors, secrets: () => secrets };
}

describe('on Create', () => {
  it("the task gets the user's token of the cluster's own provider, beside other secrets", async () => {
    const { run, asked, secrets, errors } = setUp({
      oidcTokenProvider: 'okta',
      secrets: { USER_OAUTH_TOKEN: 'of-git' },
    });
    await run();
    expect(asked).toEqual(['oidc.okta']);
    expect(secrets()).toEqual({
      USER_OAUTH_TOKEN: 'of-git',
      KUBERNETES_TOKEN: 'of-ada',
    });
    expect(errors).toEqual([]);
  });

  it('nobody is asked to sign in for a cluster with a shared account, and no token goes along', async () => {
    const { run, asked, secrets } = setUp({
      access: 'sharedAccount',
      secrets: { KUBERNETES_TOKEN: 'typed-for-another' },
    });
    await run();
    expect(asked).toEqual([]);
    expect(secrets()).toEqual({});
  });

  it('a token that was typed stays where Backstage has no sign-in to the cluster', async () => {
    const { run, asked, secrets } = setUp({
      authProvider: 'serviceAccount',
      secrets: { KUBERNETES_TOKEN: 'typed' },
    });
    await run();
    expect(asked).toEqual([]);
    expect(secrets()).toEqual({ KUBERNETES_TOKEN: 'typed' });
  });

  it('a sign-in that fails is said, and does not hold the form up', async () => {
    const { run, errors, secrets } = setUp({
      getCredentials: async () => {
        throw new Error('Login failed, popup was closed');
      },
    });
    await run();
    expect(errors).toEqual([
      expect.stringContaining(
        "not signed in to cluster 'prod': Login failed, popup was closed",
      ),
    ]);
    expect(secrets()).toEqual({});
  });

  it('nothing is done where no cluster was chosen', async () => {
    const { run, asked, errors } = setUp({});
    await run({});
    expect([asked, errors]).toEqual([[], []]);
  });
});
