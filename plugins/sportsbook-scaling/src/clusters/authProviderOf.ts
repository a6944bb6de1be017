/** What the kubernetes backend says of a cluster's sign-in. */
export interface ClusterSignIn {
  authProvider: string;
  oidcTokenProvider?: string;
}

/** Providers whose tokens people get in their browser; all others are the backend's own. */
const IN_BROWSER = ['oidc', 'google', 'aks'];

/** As the kubernetes plugin's auth providers name it, such as `oidc.okta`. */
export function authProviderOf(cluster: ClusterSignIn): string {
  return cluster.oidcTokenProvider === undefined
    ? cluster.authProvider
    : `${cluster.authProvider}.${cluster.oidcTokenProvider}`;
}

/** Whether people sign in to the cluster by Backstage's own means. */
export function signsInInBrowser({ authProvider }: ClusterSignIn): boolean {
  return IN_BROWSER.includes(authProvider);
}
