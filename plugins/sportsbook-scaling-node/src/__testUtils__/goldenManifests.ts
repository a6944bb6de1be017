import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readManifests } from '../manifests';
import { SourcedObject } from '../model/SourcedObject';

const GOLDEN = path.join(
  __dirname,
  '../../../../templates/sportsbook-autoscaled-service/golden/defaults',
);
/** What is rendered before the image was built. */
const PLACEHOLDER = '"odds-api:0.1.0"';

/** Everything that the template makes from its defaults, as `odds-api` in `betting`. */
export async function goldenManifests(image: string): Promise<SourcedObject[]> {
  const names = await readdir(path.join(GOLDEN, 'k8s'));
  return readManifests(
    await Promise.all(
      names.map(async name => ({
        path: `k8s/${name}`,
        text: (
          await readFile(path.join(GOLDEN, 'k8s', name), 'utf-8')
        ).replace(`image: ${PLACEHOLDER}`, `image: ${image}`),
      })),
    ),
  );
}
