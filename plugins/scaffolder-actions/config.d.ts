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
