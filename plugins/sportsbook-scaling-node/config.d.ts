export interface Config {
  sportsbookScaling?: {
    apply?: {
      /**
       * Who may apply manifests through our scaffolder actions, and where. A
       * request is allowed when every namespace and every cluster-scoped kind of
       * it is covered by some rule for its user, template and cluster. Default:
       * no rules, which allows nothing.
       *
       * The permission `sportsbook.scaling.apply` is asked first.
       */
      rules?: Array<{
        /**
         * Whole entity refs of users and groups, such as `group:default/platform`;
         * `*` is everybody, principals that are not users included.
         */
        users: string[];
        /** Whole entity refs of templates, or `*`. Default: `*`. */
        templates?: string[];
        /** Names of clusters as the kubernetes plugin knows them, or `*`. */
        clusters: string[];
        /** Namespaces, or `*`. */
        namespaces: string[];
        /**
         * `group/Kind`, with an empty group for the core (`/Namespace`), or `*`.
         * Default: none.
         */
        clusterScopedKinds?: string[];
      }>;
    };
    /** Settings of single clusters; a cluster that is not listed has the defaults. */
    clusters?: Array<{
      /** Name of the cluster as the kubernetes plugin knows it. */
      name: string;
      /**
       * Host name or address where people's browsers reach node ports. Default:
       * the node's ExternalIP, else its InternalIP.
       */
      nodeAddress?: string;
      /**
       * `sharedAccount` uses the cluster's configured credential, within
       * `apply.rules`. `userToken` hands on the Kubernetes token of the user, from
       * the task's secret `KUBERNETES_TOKEN`, so that the cluster's own rules
       * decide as well. Default: `sharedAccount`.
       */
      access?: 'sharedAccount' | 'userToken';
    }>;
    prometheus?: {
      /**
       * URLs of Prometheus servers outside the clusters that may be asked
       * directly. Servers inside are reached through the API server. Default: none.
       */
      addresses?: string[];
    };
  };
}
