import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { kubeConfigClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { Journal, StepFailed } from './Journal';
import { readOptions } from './options';
import { BackstageApi } from './product/BackstageApi';
import { findBrowser } from './product/browser';
import { clusterArguments } from './product/clusterArguments';
import { Product } from './product/Product';
import { storyConfig } from './product/storyConfig';
import { badInput, missingApis } from './steps/badInput';
import { namespaceOfTheRun, removeNamespace } from './steps/namespace';
import { offBoarding } from './steps/offBoarding';
import { platform } from './steps/platform';
import { recovery } from './steps/recovery';
import { rights } from './steps/rights';
import type { Run } from './steps/Run';
import { secondPolicy } from './steps/secondPolicy';
import { templatesInCatalog } from './steps/templatesInCatalog';
import { Timeline } from './steps/Timeline';
import { walkThrough } from './steps/walkThrough';

const TEMPLATES = [
  'sportsbook-autoscaled-service',
  'remove-autoscaled-service',
  'e2e-platform-manifests',
];

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  const results = resolve(__dirname, options.resultsDirectory);
  await mkdir(results, { recursive: true });
  const journal = new Journal();
  const product = await Product.create({
    args: [
      ...clusterArguments(options, [options.cluster]),
      '--namespace',
      options.namespace,
    ],
    config: storyConfig(options),
  });
  const browserPath = findBrowser(process.env);
  const timeline = new Timeline();
  let connection: Awaited<ReturnType<typeof kubeConfigClient>> | undefined;
  let run: Run | undefined;
  try {
    await journal.step(
      'npm start serves Backstage',
      async () => {
        const seconds = await product.start();
        journal.note(`first page after ${seconds.toFixed(1)} s`);
      },
      { essential: true },
    );
    connection = await kubeConfigClient({
      kubeconfigPath: options.brought?.kubeconfig ?? product.embeddedKubeconfig,
      context: options.cluster,
    });
    run = {
      options,
      journal,
      cluster: connection.client,
      product,
      backstage: new BackstageApi(product.baseUrl),
      timeline,
      ...(browserPath === undefined ? {} : { browserPath }),
      resultPath: name => join(results, name),
    };
    await namespaceOfTheRun(run);
    await templatesInCatalog(run, TEMPLATES);
    await missingApis(run);
    await platform(run);
    await badInput(run);
    await rights(run);
    await walkThrough(run);
    await recovery(run);
    await secondPolicy(run);
    await offBoarding(run);
  } catch (error) {
    if (!(error instanceof StepFailed)) {
      throw error;
    }
  } finally {
    await timeline.save(join(results, 'replica-timeline.json'));
    await journal.save(join(results, 'outcome.json'));
    // The embedded cluster goes with the product.
    if (run !== undefined && options.brought !== undefined && !options.keep) {
      await removeNamespace(run);
    }
    await product.remove();
    connection?.close();
    journal.close();
  }
  return journal.failed === 0 ? 0 : 1;
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  },
);
