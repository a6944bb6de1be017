import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TEMPLATE_REF } from '@sportsbook/plugin-sportsbook-scaling-common';
import { parse, stringify } from 'yaml';
import { eventually } from '../eventually';
import { freePort } from '../freePort';
import { Journal, StepFailed } from '../Journal';
import { BackstageApi } from '../product/BackstageApi';
import { findBrowser, openBrowser } from '../product/browser';
import { signIn } from '../steps/form';
import { ClusterAtHand } from './ClusterAtHand';
import { createWithToken } from './createWithToken';
import { InstalledBackstage } from './InstalledBackstage';
import { personWithToken } from './personWithToken';

// The names that docs/install.md uses.
const CLUSTER = 'my-cluster';
const NAMESPACE = 'betting';
const SERVICE = 'odds-api';

/** Starts a Backstage in which docs/install.md was followed, and uses it. */
async function seeInstalled(app: string): Promise<number> {
  const journal = new Journal();
  const browserPath = findBrowser(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'sportsbook-installed-'));
  const cluster = new ClusterAtHand({
    directory: folder,
    namespace: NAMESPACE,
  });
  let backstage: InstalledBackstage | undefined;
  try {
    await journal.step(
      'a cluster, a registry and a git host are at hand',
      () => cluster.start(),
      { essential: true },
    );
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(
      kubeconfig,
      renamed(await readFile(cluster.kubeconfig, 'utf8')),
      { mode: 0o600 },
    );
    const machine = {
      app,
      port: await freePort(),
      variables: {
        SPORTSBOOK_KUBECONFIG: kubeconfig,
        SPORTSBOOK_REGISTRY: cluster.registry,
        SPORTSBOOK_GIT_HOST: new URL(cluster.gitUrl).host,
        SPORTSBOOK_GIT_URL: cluster.gitUrl,
        SPORTSBOOK_GIT_USERNAME: cluster.gitAccount.username,
        SPORTSBOOK_GIT_PASSWORD: cluster.gitAccount.password,
      },
    };
    const installed = new InstalledBackstage(machine);
    backstage = installed;
    await journal.step('Backstage starts', () => installed.start(), {
      essential: true,
    });
    const api = new BackstageApi(installed.baseUrl);
    await journal.step(
      'its packed template creates a service, and proves that it scales',
      async () => {
        // The catalog reads its locations after the backend is ready.
        await eventually(
          async () =>
            assert.ok(
              await api.hasEntity(
                'template/default/sportsbook-autoscaled-service',
              ),
              'the catalog has no such template',
            ),
          { withinSeconds: 60 },
        );
        const task = await api.runTask(
          TEMPLATE_REF,
          {
            name: SERVICE,
            owner: 'group:default/guests',
            cluster: CLUSTER,
            namespace: NAMESPACE,
            monitoring: 'own',
            requestsPerSecondPerReplica: 100,
            minReplicas: 2,
            maxReplicas: 10,
            serviceType: 'ClusterIP',
            preview: false,
          },
          { withinSeconds: 240 },
        );
        assert.equal(task.output.entityRef, `component:default/${SERVICE}`);
      },
      { essential: true },
    );
    if (browserPath === undefined) {
      journal.skip('the card is on its page', 'there is no browser');
      return 0;
    }
    const browser = await openBrowser(browserPath, {
      colorScheme: 'light',
      width: 1440,
    });
    try {
      const page = await browser.context.newPage();
      await journal.step('the card is on its page', async () => {
        await signIn(page, installed.baseUrl);
        await page.goto(
          `${installed.baseUrl}/catalog/default/component/${SERVICE}`,
        );
        await page.getByRole('heading', { name: 'Scaling' }).waitFor();
        await page
          .getByText(/2\s+of\s+2–10/)
          .first()
          .waitFor();
      });
      await journal.step('the form has its own fields', async () => {
        await page.goto(
          `${installed.baseUrl}/create/templates/default/sportsbook-autoscaled-service`,
        );
        // Ours alone lists clusters, and preselects the only one.
        await page.getByText(CLUSTER).first().waitFor({ state: 'attached' });
      });
      await installed.stop();
      const withTokens = new InstalledBackstage({
        ...machine,
        tokenClusters: [CLUSTER],
      });
      backstage = withTokens;
      await journal.step(
        'where people bring their own tokens, the form decorator puts the one of the sign-in into the task, which reaches the cluster with it',
        async () => {
          await withTokens.start();
          const token = await personWithToken({
            kubeconfig,
            context: CLUSTER,
            name: 'ada',
            namespace: NAMESPACE,
          });
          const { status, log } = await createWithToken(page, {
            baseUrl: withTokens.baseUrl,
            api,
            cluster: CLUSTER,
            namespace: NAMESPACE,
            name: 'bets-api',
            token,
          });
          assert.equal(status, 'completed', log);
          assert.match(log, new RegExp(`Plan for cluster '${CLUSTER}'`));
          assert.ok(!log.includes(token));
        },
      );
    } finally {
      await browser.close();
    }
  } catch (error) {
    if (!(error instanceof StepFailed)) {
      throw error;
    }
    process.stdout.write(`${backstage?.output ?? ''}\n`);
  } finally {
    await backstage?.stop();
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
    journal.close();
  }
  return journal.failed === 0 ? 0 : 1;
}

/** The embedded cluster's kubeconfig with its one context under the guide's name. */
function renamed(kubeconfig: string): string {
  const config = parse(kubeconfig);
  return stringify({
    ...config,
    contexts: [{ ...config.contexts[0], name: CLUSTER }],
    'current-context': CLUSTER,
  });
}

seeInstalled(resolve(process.argv[2])).then(
  code => {
    process.exitCode = code;
  },
  error => {
    console.error(error);
    process.exitCode = 1;
  },
);
