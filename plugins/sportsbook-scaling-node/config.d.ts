export interface Config {
  sportsbookScaling?: {
    apply?: {
      /**
       * Who may apply manifests through our scaffolder actions, what and where. Of
       * the rules for its user, template and cluster, a request needs one for each
       * pair of its namespaces and kinds, and one for each cluster-scoped kind.
       * Default: no rules, which allows nothing.
       *
       * The permission `sportsbook.scaling.apply` is asked first.
       */
      rules?: Array<{
        /**
         * Whole entity refs of users and groups, such as `group:default/platform`;
         * `*` is everybody, principals that are not users included.
         */
        users: string[];
        /**
         * Whole entity refs of templates, or `*`. Default: `*`, which lets anybody
         * among the users apply what a template of his own says: name templates
         * where templates may be registered freely.
         */
        templates?: string[];
        /** Names of clusters as the kubernetes plugin knows them, or `*`. */
        clusters: string[];
        /** Namespaces, or `*`. */
        namespaces: string[];
        /**
         * Namespaced kinds as `group/Kind`, with an empty group for the core
         * (`/Service`), or `*`. `rbac.authorization.k8s.io/RoleBinding:own` is a
         * RoleBinding of nothing but Roles and ServiceAccounts of the same
         * manifests; without `:own` it is any. Default: what the template of
         * autoscaled services makes, which is `/ConfigMap`, `/Service`,
         * `/ServiceAccount`, `apps/Deployment`, `policy/PodDisruptionBudget`,
         * `rbac.authorization.k8s.io/Role`,
         * `rbac.authorization.k8s.io/RoleBinding:own`,
         * `monitoring.coreos.com/Prometheus`,
         * `monitoring.coreos.com/ServiceMonitor` and `keda.sh/ScaledObject`.
         */
        kinds?: string[];
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
      /**
       * Whether the scaling of services is looked at with the cluster's
       * configured credential, or not at all. With `access: userToken` set it to
       * `sharedAccount` once the kubernetes plugin has a credential for the
       * cluster that can do no more than read.
       *
       * Default: `sharedAccount` with `access: sharedAccount`, `none` with
       * `access: userToken`.
       */
      snapshotAccess?: 'sharedAccount' | 'none';
    }>;
    prometheus?: {
      /**
       * URLs of Prometheus servers outside the clusters that may be asked
       * directly. Servers inside are reached through the API server. Default: none.
       */
      addresses?: string[];
      /**
       * Namespaces whose Services may be asked as Prometheus, with Backstage's
       * account on the cluster, for ScaledObjects of other namespaces, or `*`.
       * Default: none; the namespace of the ScaledObject itself is always allowed.
       */
      namespaces?: string[];
    };
  };
}
