import { HumanDuration } from '@backstage/types';

export interface Config {
  sportsbookScaling?: {
    /** Where `publish:image` pushes images, and what it builds them on. */
    image?: {
      /** `host` or `host:port` of an OCI registry, as the cluster's nodes name it. */
      registry: string;
      /** Plain HTTP instead of HTTPS. Default: false. */
      insecure?: boolean;
      /** Of an account that may push; needs `password`. Default: none. */
      username?: string;
      /** @visibility secret */
      password?: string;
      /** Put before the name of each repository. Default: none. */
      repositoryPrefix?: string;
      /**
       * `repository:tag` of an image with Node and glibc. Default:
       * `library/node:22-slim`.
       */
      baseImage?: string;
      /** Registry that the base image is pulled from. Default: the one above. */
      baseRegistry?: {
        /** `host` or `host:port`; `docker.io` is Docker Hub. */
        registry: string;
        /** Plain HTTP instead of HTTPS. Default: false. */
        insecure?: boolean;
        /** Of an account that may pull; needs `password`. Default: none. */
        username?: string;
        /** @visibility secret */
        password?: string;
      };
      /**
       * Platform that images are built for, such as `linux/amd64`. Default: that
       * of the cluster's schedulable nodes, which must agree.
       */
      platform?: string;
      /** Of a whole build, from `npm ci` to the push. Default: 10 minutes. */
      buildTimeout?: HumanDuration | string;
      /**
       * Resident memory of a build's processes together, in megabytes, at least
       * 256. Default: 1536.
       */
      buildMemoryMegabytes?: number;
      /** How many builds go at the same time; others wait. Default: 2. */
      concurrentBuilds?: number;
      /**
       * Folder where images are built and dependencies are kept, for the backend's
       * user alone. Absolute. Default: `backstage-publish-image` among the
       * user's caches, or a temporary one where that cannot be written.
       */
      buildDirectory?: string;
      /**
       * How much of installed dependencies is kept for later builds, in
       * megabytes; 0 keeps nothing. Default: 1024.
       */
      dependencyCacheMegabytes?: number;
      /**
       * Install the skeleton's dependencies when the backend starts, in the
       * background, so that the first build finds them. Default: false.
       */
      installAhead?: boolean;
      /**
       * Secret of type `kubernetes.io/dockerconfigjson` by which pods pull
       * their image; it has to be in the service's namespace. Default: none.
       */
      pullSecretName?: string;
    };
    skeleton?: {
      /**
       * Folder that holds the skeleton of the autoscaled service, such as a
       * changed copy. Default: the one that comes with the actions.
       */
      directory?: string;
    };
  };
}
