import { ImageRegistryError } from './ImageRegistryError';

/** The error for an HTTP status that a registry refuses something with. */
export function registryRefusal(refused: {
  registry: string;
  /** Undefined: we are not signed in. */
  username: string | undefined;
  status: number;
  /** Such as `a push to team/api`. */
  what: string;
}): ImageRegistryError {
  const { registry, username, status, what } = refused;
  const signedIn =
    username === undefined
      ? 'no credentials are configured'
      : `signed in as ${username}`;
  switch (status) {
    case 401:
    case 403:
      return new ImageRegistryError(
        `Registry ${registry} denies ${what} (HTTP ${status}; ${signedIn}). Set username and password of an account that may in sportsbookScaling.image`,
        registry,
        'denied',
      );
    case 404:
      return new ImageRegistryError(
        `Registry ${registry} does not have ${what} (HTTP 404). Push it there, or correct sportsbookScaling.image`,
        registry,
        'missing',
      );
    case 405:
      return new ImageRegistryError(
        `Registry ${registry} does not allow ${what} (HTTP 405). Allow removal there (for distribution: storage.delete.enabled), or remove the image by the registry's own means`,
        registry,
        'unsupported',
      );
    default:
      return new ImageRegistryError(
        `Registry ${registry} answers HTTP ${status} to ${what}. Check that sportsbookScaling.image names an OCI registry, and 'insecure' when it speaks plain HTTP`,
        registry,
        'unexpected',
      );
  }
}
