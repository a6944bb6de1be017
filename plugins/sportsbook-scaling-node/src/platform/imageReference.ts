/** `quay.io/a/b:v1` in its parts. https://github.com/distribution/reference */
export interface ImageReference {
  /** Host of the registry; undefined: Docker Hub. */
  registry?: string;
  /** `a/b` */
  path: string;
  tag?: string;
  digest?: string;
}

export function parseImageReference(image: string): ImageReference {
  const [named, digest] = image.split('@');
  const slash = named.indexOf('/');
  const first = slash === -1 ? '' : named.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === 'localhost';
  const rest = isHost ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(':');
  const hasTag = colon > rest.lastIndexOf('/');
  return {
    ...(isHost ? { registry: first } : {}),
    path: hasTag ? rest.slice(0, colon) : rest,
    ...(hasTag ? { tag: rest.slice(colon + 1) } : {}),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** `b` of `quay.io/a/b:v1`: what mirrors keep of a name. */
export function imageName(image: string): string {
  const { path } = parseImageReference(image);
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * The image on another registry, under the same path.
 *
 * @param registry - host, with port and a path before the images' own where
 *   there is one; undefined leaves the image as it is
 */
export function mirrorImage(
  image: string,
  registry: string | undefined,
): string {
  if (registry === undefined) {
    return image;
  }
  const { path, tag, digest } = parseImageReference(image);
  return `${registry}/${path}${tag === undefined ? '' : `:${tag}`}${
    digest === undefined ? '' : `@${digest}`
  }`;
}
