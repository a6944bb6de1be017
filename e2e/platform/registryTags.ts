const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** A registry that answers without credentials. */
export interface Registry {
  /** `host[:port]`. */
  host: string;
  insecure: boolean;
}

/** An image of it, by its tag. */
export interface TaggedImage {
  repository: string;
  tag: string;
}

function manifestUrl(
  { host, insecure }: Registry,
  { repository, tag }: TaggedImage,
): string {
  return `${
    insecure ? 'http' : 'https'
  }://${host}/v2/${repository}/manifests/${tag}`;
}

async function manifestOf(
  registry: Registry,
  image: TaggedImage,
): Promise<Response> {
  return fetch(manifestUrl(registry, image), {
    headers: { accept: MANIFEST_TYPES.join(', ') },
  });
}

/** Those of the images that the registry does not have, as `repository:tag`. */
export async function missingImages(
  registry: Registry,
  images: TaggedImage[],
): Promise<string[]> {
  const answers = await Promise.all(
    images.map(async image => {
      const answer = await manifestOf(registry, image);
      await answer.arrayBuffer();
      return answer.ok ? [] : [`${image.repository}:${image.tag}`];
    }),
  );
  return answers.flat();
}

/** Gives an image a further tag in its repository. */
export async function addTag(
  registry: Registry,
  image: TaggedImage,
  tag: string,
): Promise<void> {
  const manifest = await manifestOf(registry, image);
  const url = manifestUrl(registry, { ...image, tag });
  const answer = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': manifest.headers.get('content-type') ?? '' },
    body: await manifest.arrayBuffer(),
  });
  if (!answer.ok) {
    throw new Error(`PUT ${url}: ${answer.status} ${await answer.text()}`);
  }
}
