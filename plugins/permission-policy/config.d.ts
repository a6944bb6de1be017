export interface Config {
  sportsbookScaling?: {
    /** Who may do what; see the README of the permission policy module. */
    permissions?: {
      /**
       * Who may see the scaling of an entity: everyone who is signed in, or
       * only the entity's owners and those listed in `readers`.
       *
       * Default: everyone.
       */
      read?: 'everyone' | 'owners';
      /**
       * Entity refs of users and groups that see the scaling of every entity.
       * Only with `read: owners`.
       */
      readers?: string[];
      /**
       * Entity refs of users and groups that may call Backstage's Kubernetes
       * proxy, with the cluster's configured credential and without further
       * limits; `*` is everyone who is signed in.
       *
       * Default: nobody.
       */
      kubernetesProxy?: string[];
      /**
       * Entity refs of users and groups that may read the objects of an entity
       * through Backstage's Kubernetes plugin, objects of any kind included;
       * `*` is everyone who is signed in.
       *
       * Default: nobody.
       */
      kubernetesResources?: string[];
      /**
       * Entity refs of users and groups that may dry-run templates of their
       * own in the template editor; `*` is everyone who is signed in.
       *
       * Default: nobody.
       */
      templateAuthors?: string[];
    };
  };
}
