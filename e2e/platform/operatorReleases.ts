import { E2eOptions, PLATFORM_MANIFESTS } from '../options';

/** The upstream manifest of one of the operators. */
export type ReleaseFile = (typeof PLATFORM_MANIFESTS)[number];

/** Its text, from the mirror if there is one. */
export async function releaseText(
  { file, url }: ReleaseFile,
  { releasesUrl }: Pick<E2eOptions, 'releasesUrl'>,
): Promise<string> {
  const address = releasesUrl === undefined ? url : `${releasesUrl}/${file}`;
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }
  return answer.text();
}
