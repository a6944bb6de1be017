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
        /** Names of namespaces, beginnings of names such as `team-*`, or `*`. */
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
      /**
       * Prometheus servers that services may use, besides those that Prometheus
       * objects on the cluster describe: Thanos, Mimir, VictoriaMetrics, what an
       * agent writes to. They may be asked for the services of their namespaces
       * without an entry in `sportsbookScaling.prometheus`. Default: none.
       */
      prometheus?: Array<{
        /**
         * What the form calls it. The namespace and name of a Prometheus object,
         * such as `monitoring/k8s`, adds to what that object says.
         */
        name: string;
        /**
         * What KEDA asks, as seen from inside the cluster. Default: what the
         * Prometheus object and its Services say; needed where there is none.
         */
        address?: string;
        /**
         * Labels that a ServiceMonitor needs so that the server takes it up. Not
         * with the name of a Prometheus object. Default: none.
         */
        serviceMonitorLabels?: { [label: string]: string };
        /** Namespaces whose services may use it, or `*`. Default: `*`. */
        namespaces?: string[];
        /**
         * HTTP headers of each query, KEDA's and ours, such as the tenant's
         * `X-Scope-OrgID`. They stand in the ScaledObject: no credentials.
         * Default: none.
         */
        headers?: { [header: string]: string };
        /**
         * How KEDA proves itself to the server. The object and its Secret are made
         * by whoever runs the cluster. Default: not at all.
         */
        triggerAuthentication?: {
          /** Name of the object; a TriggerAuthentication in the service's namespace. */
          name: string;
          /** Default: `TriggerAuthentication`. */
          kind?: 'TriggerAuthentication' | 'ClusterTriggerAuthentication';
          /** KEDA's `authModes`. */
          modes: Array<'bearer' | 'basic' | 'tls' | 'custom'>;
        };
        /**
         * Labels of every series of this cluster on a server that holds those of
         * several, such as `cluster: prod-eu`. They go into the trigger's query.
         * Default: none.
         */
        queryLabels?: { [label: string]: string };
        /**
         * Whether scaling:verify may annotate the server's pods, so that they see
         * a new ServiceMonitor within seconds instead of 36 to 75. It takes the
         * right to patch them. Only with the name of a Prometheus object.
         * Default: false.
         */
        hastenReload?: boolean;
      }>;
      /**
       * How services get onto the cluster. `apply`: Backstage applies their
       * manifests. `none`: Backstage publishes the repository and says what to
       * run. `flux`, `argocd`: Backstage tells the controller of the repository,
       * waits for it and verifies, and `kubernetes:apply` refuses to write
       * there. Default: `apply`.
       */
      delivery?:
        | 'apply'
        | 'none'
        | {
            /** Which controller delivers. */
            type: 'flux' | 'argocd';
            /**
             * Where the controller learns of a service: from a file in the
             * platform's repository, or from objects that Backstage writes to
             * the cluster, for which a rule in `apply.rules` has to allow their
             * kinds. Default: `repository`.
             */
            register?: 'repository' | 'cluster';
            /** The platform's repository; needed with `register: repository`. */
            repository?: {
              /** As publishing actions take it, such as `github.com?owner=platform&repo=fleet`. */
              repoUrl: string;
              /** Branch that the controller follows. Default: `main`. */
              branch?: string;
              /** Folder of that repository that one file for each service goes into. */
              directory: string;
              /**
               * `pullRequest` opens one on GitHub and GitLab, and pushes a branch
               * and links to the page for opening one on other hosts. `push`
               * commits to the branch. Default: `pullRequest`.
               */
              by?: 'pullRequest' | 'push';
              /**
               * How long a task waits for the pull request to be merged, 0 to
               * 3600 seconds. After that it ends, successfully, saying what is
               * waited for. Default: 0.
               */
              waitForMergeSeconds?: number;
            };
            /**
             * What stands in place of scheme and host of a repository's clone
             * address, as the controller reaches the git host, such as
             * `ssh://git@github.com`. Default: the published address is used.
             */
            gitBaseUrl?: string;
            /**
             * Namespace of the controller's objects. Default: the service's own
             * with Flux, `argocd` with Argo CD.
             */
            namespace?: string;
            /**
             * Flux: account in that namespace that Flux applies as; its rights
             * bound what the service's repository can do. Needed with `flux`.
             */
            serviceAccountName?: string;
            /** Flux: secret in that namespace with the credentials of private repositories. Default: none. */
            gitSecretName?: string;
            /**
             * Flux: seconds, from 5, between two looks at the repository, and
             * after which an edit on the cluster is undone. Default: 60.
             */
            intervalSeconds?: number;
            /** Flux: seconds, from 10, within which all objects have to become healthy. Default: 300. */
            healthTimeoutSeconds?: number;
            /** Argo CD: the AppProject, which bounds sources and destinations. Needed with `argocd`. */
            project?: string;
            /** Argo CD: the cluster as Argo CD knows it. Default: `server: https://kubernetes.default.svc`. */
            destination?: {
              /** Address of its API server; or `name`. */
              server?: string;
              /** Name that Argo CD has for it; or `server`. */
              name?: string;
            };
            /**
             * Argo CD: the cluster, as the kubernetes plugin knows it, that Argo
             * CD runs on; rules have to allow reading `namespace` there.
             * Default: the cluster itself.
             */
            controlCluster?: string;
          };
      /**
       * `existing` uses namespaces that are there. The other form lets
       * `kubernetes:apply` with `createNamespace`, as the service template has
       * it, make those that are absent and that a rule of `apply.rules` allows.
       * Default: `existing`.
       */
      namespaces?:
        | 'existing'
        | {
            create: true;
            /** Regular expression that the whole name of a new namespace fits. */
            pattern: string;
            /** Of the Namespace. Default: none. */
            labels?: { [label: string]: string };
            /** Of the Namespace. Default: none. */
            annotations?: { [annotation: string]: string };
            /**
             * Pod security standard that admission enforces there. Default: what
             * the cluster has.
             */
            podSecurity?: 'restricted' | 'baseline' | 'privileged';
            /** Spec of a ResourceQuota that comes with it. Default: none. */
            resourceQuota?: { hard: { [resource: string]: string | number } };
            /** Spec of a LimitRange that comes with it. Default: none. */
            limitRange?: {
              limits: Array<{
                /** What it bounds. */
                type: 'Container' | 'Pod' | 'PersistentVolumeClaim';
                min?: { [resource: string]: string | number };
                max?: { [resource: string]: string | number };
                default?: { [resource: string]: string | number };
                defaultRequest?: { [resource: string]: string | number };
                maxLimitRequestRatio?: { [resource: string]: string | number };
              }>;
            };
          };
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
    /** What the template that prepares a cluster installs there. */
    platform?: {
      /**
       * Release manifests, which are refused unless they are what is pinned
       * here. Default: the releases that everything was tested with.
       */
      releases?: {
        /** The bundle, of which the definitions are taken. */
        prometheusOperator?: {
          /** Such as `0.93.0`; needs `sha256`. */
          version?: string;
          /**
           * Where the bundle is read. A host other than github.com has to be
           * allowed by `backend.reading.allow`, or be an integration's.
           */
          url?: string;
          /** Of the file, in lower-case hexadecimal digits; needs `version`. */
          sha256?: string;
        };
        keda?: {
          /** Such as `2.20.2`; needs `sha256`. */
          version?: string;
          /** As for the operator. */
          url?: string;
          /** Of the file, in lower-case hexadecimal digits; needs `version`. */
          sha256?: string;
        };
      };
      /**
       * Registry that nodes pull the images of operator, KEDA and Prometheus
       * from instead of quay.io and ghcr.io, as `host[:port][/path]`; what
       * follows the host in an image's name stays. Default: as upstream names
       * them.
       */
      imageRegistry?: string;
    };
  };
}
