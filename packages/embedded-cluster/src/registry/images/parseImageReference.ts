import { isDigest, isRepository, isTag, type Digest } from '../names';

/** The parts of an image's name as pods have it. */
export interface ImageReference {
  /** `host` or `host:port`; `docker.io` where none is named. */
  registry: string;
  repository: string;
  /** What is asked for: the digest where there is one, else the tag, else `latest`. */
  reference: string;
}

export const DOCKER_HUB = 'docker.io';
const REGISTRY =
  /^(?:\[[0-9a-f:]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d{1,5})?$/i;
const DOCKER_HUB_NAMES = new Set([
  DOCKER_HUB,
  'index.docker.io',
  'registry-1.docker.io',
]);

/**
 * Parses by Docker's rules: the first part is a registry when it has a dot or a
 * colon or is `localhost`; short names are Docker Hub's, and those without a
 * slash are in its `library`. Undefined for what is no reference.
 */
export function parseImageReference(text: string): ImageReference | undefined {
  const [, named, digest] = /^([^@]+)(?:@(.+))?$/.exec(text) ?? [];
  if (named === undefined || (digest !== undefined && !isDigest(digest))) {
    return undefined;
  }
  const [first, ...rest] = named.split('/');
  const hasRegistry =
    rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = hasRegistry ? first : DOCKER_HUB;
  const path = hasRegistry ? rest.join('/') : named;
  const [, name, tag = 'latest'] = /^([^:]+)(?::([^:]+))?$/.exec(path) ?? [];
  if (
    !REGISTRY.test(registry) ||
    name === undefined ||
    !isRepository(name) ||
    !isTag(tag)
  ) {
    return undefined;
  }
  const isHub = DOCKER_HUB_NAMES.has(registry);
  return {
    registry: isHub ? DOCKER_HUB : registry,
    repository: isHub && !name.includes('/') ? `library/${name}` : name,
    reference: (digest as Digest | undefined) ?? tag,
  };
}
