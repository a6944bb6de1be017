import assert from 'node:assert/strict';
import { PLATFORM_MANIFESTS } from '../options';
import type { Run } from './Run';

const TEMPLATE = 'template:default/e2e-platform-manifests';

/** Operator and KEDA from their release manifests, with our own action, twice. */
export async function platform(run: Run): Promise<void> {
  const { backstage, options, journal } = run;
  for (const manifest of PLATFORM_MANIFESTS) {
    const first = `kubernetes:apply brings ${manifest.file}`;
    const again = `applying ${manifest.file} again changes nothing`;
    if (options.brought === undefined) {
      const reason = 'the embedded cluster has it built in';
      journal.skip(first, reason);
      journal.skip(again, reason);
      continue;
    }
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
      first,
      async () => {
        await apply();
      },
      { essential: true },
    );
    await journal.step(again, async () => {
      const { log } = await apply();
      const counts = /Cluster '[^']+': (.*)/.exec(log)?.[1] ?? log;
      assert.match(counts, /^\d+ unchanged$/);
    });
  }
}
