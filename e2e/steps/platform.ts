import assert from 'node:assert/strict';
import { PLATFORM_MANIFESTS } from '../options';
import type { Run } from './Run';

const TEMPLATE = 'template:default/e2e-platform-manifests';

/** Operator and KEDA from their release manifests, with our own action, twice. */
export async function platform(run: Run): Promise<void> {
  const { backstage, options, journal } = run;
  if (options.brought === undefined) {
    journal.skip(
      'kubernetes:apply brings operator and KEDA',
      'the embedded cluster has both built in',
    );
    return;
  }
  for (const manifest of PLATFORM_MANIFESTS) {
    const apply = () =>
      backstage.runTask(
        TEMPLATE,
        {
          cluster: options.cluster,
          namespace: manifest.namespace,
          otherNamespaces: manifest.otherNamespaces,
          url:
            options.releasesUrl === undefined
              ? manifest.url
              : `${options.releasesUrl}/${manifest.file}`,
          sha256: manifest.sha256,
        },
        { withinSeconds: 240 },
      );
    await journal.step(
      `kubernetes:apply brings ${manifest.file}`,
      async () => {
        await apply();
      },
      { essential: true },
    );
    await journal.step(
      `applying ${manifest.file} again changes nothing`,
      async () => {
        const { log } = await apply();
        const counts = /Cluster '[^']+': (.*)/.exec(log)?.[1] ?? log;
        assert.match(counts, /^\d+ unchanged$/);
      },
    );
  }
}
