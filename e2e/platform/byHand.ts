import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import { waitForObjects } from '@sportsbook/plugin-sportsbook-scaling-node';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import {
  applyDirectly,
  awaitTemplate,
  deliveredService,
} from './deliveryGround';
import { makeNamespace, removeNamespaces } from './namespaces';
import type { PlatformPart, PlatformRun } from './PlatformPart';

const run = promisify(execFile);

const CLUSTER = 'd-hand';
const SERVICES = 'd-hand';
const SERVICE = 'hand-odds';
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: SERVICES,
  name: SERVICE,
};

const PROMETHEUS = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'Prometheus',
  namespace: SERVICES,
  name: SERVICE,
};
const SCALED_OBJECT = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  namespace: SERVICES,
  name: SERVICE,
};

const text = z.array(z.object({ title: z.string(), content: z.string() }));

async function hasKubectl(): Promise<boolean> {
  return run('kubectl', ['version', '--client']).then(
    () => true,
    () => false,
  );
}

/** Runs the commands as a person would: in a clone, with the cluster as current context. */
async function runAsTold(
  { options }: PlatformRun,
  told: { commands: string[]; repositoryUrl: string },
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'by-hand-'));
  try {
    const kubeconfig = join(directory, 'kubeconfig');
    const given = parse(await readFile(options.brought.kubeconfig, 'utf8'));
    await writeFile(
      kubeconfig,
      stringify({ ...given, 'current-context': options.cluster }),
      { mode: 0o600 },
    );
    const clone = join(directory, 'clone');
    await run('git', ['clone', '--quiet', told.repositoryUrl, clone]);
    for (const command of told.commands) {
      await run('sh', ['-c', command], {
        cwd: clone,
        env: { ...process.env, KUBECONFIG: kubeconfig },
        timeout: 120_000,
      });
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** With delivery by nobody: the repository is handed over, with what to run. */
export const byHand: PlatformPart = {
  name: 'by-hand',

  async prepare(ground) {
    await makeNamespace(ground.cluster, SERVICES);
    ground.addContext({ name: CLUSTER });
    return {
      templates: ['e2e/templates/direct-apply/template.yaml'],
      clusters: [{ name: CLUSTER, delivery: 'none' }],
      rules: [
        {
          users: ['user:default/guest'],
          templates: [TEMPLATE_REF],
          clusters: [CLUSTER],
          namespaces: [SERVICES],
        },
      ],
    };
  },

  async prove(platform) {
    const { backstage, cluster, journal } = platform;
    let commands: string[] = [];
    let repositoryUrl = '';
    await journal.step(
      'with delivery by nobody, a creation hands over the repository, changes nothing, and says what to run',
      async () => {
        await awaitTemplate(platform, TEMPLATE_REF);
        const { output } = await backstage.runTask(
          TEMPLATE_REF,
          deliveredService({
            name: SERVICE,
            cluster: CLUSTER,
            namespace: SERVICES,
          }),
          { withinSeconds: 120 },
        );
        const [{ title, content }] = text.parse(output.text);
        assert.equal(title, 'What to run now');
        commands = content
          .split('\n')
          .filter(line => line.startsWith('kubectl '));
        repositoryUrl = z.string().parse(output.repositoryUrl);
        assert.ok(commands.length > 1, content);
        assert.equal(await cluster.get(DEPLOYMENT), undefined);
      },
      { essential: true },
    );
    if (await hasKubectl()) {
      await journal.step(
        'what it says, run in a clone, brings the service up',
        async () => {
          await runAsTold(platform, { commands, repositoryUrl });
          await waitForObjects({
            client: cluster,
            objects: [DEPLOYMENT, PROMETHEUS, SCALED_OBJECT],
            timeoutSeconds: 120,
          });
        },
      );
    } else {
      journal.skip(
        'what it says, run in a clone, brings the service up',
        'there is no kubectl on the PATH',
      );
    }
    await journal.step(
      'kubernetes:apply of another template is refused there, saying who writes',
      async () => {
        const { status, log } = await applyDirectly(platform, {
          cluster: CLUSTER,
          namespace: SERVICES,
        });
        assert.equal(status, 'failed');
        assert.match(log, /nobody but its own people write to it/);
      },
    );
  },

  async cleanUp(ground) {
    await removeNamespaces(ground.cluster, [SERVICES]);
  },
};
