export interface Config {
  /**
   * The built-in git host: a small stand-in for Gitea on this machine's
   * loopback interface. It runs only when this section exists. Its account is
   * the one in the entry of `integrations.gitea` whose host is
   * `127.0.0.1:<port>`.
   */
  gitHost?: {
    /** Set to false to keep it from starting. Default: true. */
    enabled?: boolean;
    /** Loopback port. Default: 7008. */
    port?: number;
    /** Folder that holds the bare repositories. */
    directory: string;
    /**
     * The owner of all repositories: 1 to 40 lower-case letters, digits and
     * "-". Default: sportsbook.
     */
    owner?: string;
  };
}
