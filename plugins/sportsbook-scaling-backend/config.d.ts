export interface Config {
  sportsbookScaling?: {
    permissions?: {
      /**
       * Who may see the scaling of an entity; the permission policy decides by
       * it. With `owners` no ScaledObject is shown that does not name its
       * entity in the annotation `sportsbook-scaling/entity-ref`.
       *
       * Default: everyone.
       */
      read?: 'everyone' | 'owners';
    };
    /** How the scaling of a service is looked at. */
    snapshot?: {
      /**
       * How long one answer is shared by all viewers, in seconds, 1 to 60.
       * Each Backstage process asks cluster and Prometheus once in that time
       * for each service that somebody looks at.
       *
       * Default: 4.
       */
      cacheSeconds?: number;
      /**
       * How long one question to cluster or Prometheus may take, in seconds,
       * 0.5 to 30.
       *
       * Default: 3.
       */
      sourceTimeoutSeconds?: number;
      /**
       * How long the last known value is shown, marked as stale, when a source
       * stops answering, in seconds, 0 to 86400.
       *
       * Default: 900.
       */
      keepStaleSeconds?: number;
    };
  };
}
