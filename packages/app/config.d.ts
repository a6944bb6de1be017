export interface Config {
  app: {
    /** How people sign in. */
    signIn?: {
      /**
       * `guest`: everybody is the guest, for one's own machine only. `oidc`:
       * with the account that `auth.providers.oidc` knows. Default: guest.
       *
       * @visibility frontend
       */
      provider?: 'guest' | 'oidc';
      /**
       * What the OIDC provider is called. Default: Single sign-on.
       *
       * @visibility frontend
       */
      title?: string;
    };
  };
}
