import { RegistryError } from './RegistryError';

// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const REPOSITORY = new RegExp(`^${PART}(?:/${PART})*$`);
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const MAX_REPOSITORY_CHARACTERS = 200;

/** `sha256:` and 64 hexadecimal digits. */
export type Digest = `sha256:${string}`;

export function isDigest(text: string): text is Digest {
  return DIGEST.test(text);
}

export const isTag = (text: string) => TAG.test(text);

export const isRepository = (text: string) =>
  text.length <= MAX_REPOSITORY_CHARACTERS && REPOSITORY.test(text);

/** @throws RegistryError DIGEST_INVALID */
export function parseDigest(text: string): Digest {
  if (!isDigest(text)) {
    throw new RegistryError(
      'DIGEST_INVALID',
      `${JSON.stringify(
        text,
      )} is no digest that is kept here: sha256: and 64 hexadecimal digits`,
    );
  }
  return text;
}

/** The digits of a digest, which are a file's name. */
export const hexOf = (digest: Digest) => digest.slice('sha256:'.length);
