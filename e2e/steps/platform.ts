import assert from 'node:assert/strict';
import { PLATFORM_TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
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
  const looked =
    'the template that prepares a cluster finds both operators, embedded, and has nothing to do';
  if (options.brought !== undefined) {
    journal.skip(looked, 'the proofs of the platform run it on a real one');
    return;
  }
  await journal.step(looked, async () => {
    const { log } = await backstage.runTask(
      PLATFORM_TEMPLATE_REF,
      {
        cluster: options.cluster,
        action: 'install',
        scope: 'cluster',
        definitions: 'needed',
        preview: true,
      },
      { withinSeconds: 60 },
    );
    assert.match(log, /Prometheus operator.*present, embedded/);
    assert.match(log, /KEDA.*present, embedded/);
  });
}
