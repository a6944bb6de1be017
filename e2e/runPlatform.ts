import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { kubeConfigClient } from '@sportsbook/plugin-sportsbook-scaling-node';
import { Journal, StepFailed } from './Journal';
import { freePort } from './freePort';
import { E2eOptions, readOptions } from './options';
import { extendKubeconfig, FurtherContext } from './platform/extendKubeconfig';
import { parts } from './platform/parts';
import type {
  PlatformAdditions,
  PlatformGround,
  PlatformPart,
} from './platform/PlatformPart';
import { BackstageApi } from './product/BackstageApi';
import { catalogLocations } from './product/catalogLocations';
import { clusterArguments } from './product/clusterArguments';
import { Product } from './product/Product';
import { templatesInCatalog } from './steps/templatesInCatalog';
import { parse } from 'yaml';
import { z } from 'zod';

const OPERATORS = [
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor' },
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
];

async function main(): Promise<number> {
  const options = broughtOptions(
    readOptions(process.argv.slice(2), process.env),
  );
  const results = resolve(__dirname, options.resultsDirectory);
  const directory = await mkdtemp(join(tmpdir(), 'sportsbook-platform-'));
  await mkdir(results, { recursive: true });
  const connection = await kubeConfigClient({
    kubeconfigPath: options.brought.kubeconfig,
    context: options.cluster,
  });
  const journal = new Journal();
  const contexts: FurtherContext[] = [];
  const gitPort = await freePort();
  const ground: PlatformGround = {
    options,
    journal,
    cluster: connection.client,
    gitHost: `127.0.0.1:${gitPort}`,
    addContext: context => contexts.push(context),
  };
  const left: PlatformPart[] = [];
  const chosen = choose(options.parts);
  let product: Product | undefined;
  try {
    const additions: PlatformAdditions[] = [];
    await journal.step(
      'the cluster has both operators',
      () => assertOperators(ground),
      { essential: true },
    );
    for (const part of chosen) {
      left.push(part);
      await journal.step(
        `${part.name}: what it needs is there`,
        async () => {
          additions.push(await part.prepare(ground));
        },
        { essential: true },
      );
    }
    const kubeconfig = join(directory, 'kubeconfig');
    await extendKubeconfig({
      from: options.brought.kubeconfig,
      to: kubeconfig,
      context: options.cluster,
      further: contexts,
    });
    const started = await Product.create({
      gitPort,
      args: clusterArguments(
        options,
        [options.cluster, ...contexts.map(({ name }) => name)],
        kubeconfig,
      ),
      config: ownConfig(options, additions),
      furtherConfigs: additions.flatMap(({ config }) => config ?? []),
    });
    product = started;
    await journal.step(
      'npm start serves Backstage with the configuration of all parts',
      async () => {
        await started.start();
      },
      { essential: true },
    );
    const backstage = new BackstageApi(started.baseUrl);
    await templatesInCatalog(
      { backstage, journal },
      await templateNames(additions),
    );
    for (const part of chosen) {
      await part.prove({ ...ground, product: started, backstage });
      // At once: the last part wants a cluster that nobody uses.
      left.splice(left.indexOf(part), 1);
      await cleanUp(part, ground);
    }
  } catch (error) {
    if (!(error instanceof StepFailed)) {
      throw error;
    }
  } finally {
    await journal.save(join(results, 'platform-outcome.json'));
    for (const part of left.reverse()) {
      await cleanUp(part, ground);
    }
    await product?.remove();
    connection.close();
    await rm(directory, { recursive: true, force: true });
    journal.close();
  }
  return journal.failed === 0 ? 0 : 1;
}

async function cleanUp(
  part: PlatformPart,
  ground: PlatformGround,
): Promise<void> {
  if (!ground.options.keep) {
    await ground.journal.step(`${part.name}: leaves nothing behind`, () =>
      part.cleanUp(ground),
    );
  }
}

function broughtOptions(options: E2eOptions): PlatformGround['options'] {
  const { brought } = options;
  if (brought === undefined) {
    throw new Error(
      'These proofs need a real cluster: add --cluster <context of the kubeconfig>.',
    );
  }
  return { ...options, brought };
}

/** All parts, or those that `--parts` names. */
function choose(names: string[] | undefined): PlatformPart[] {
  return (
    names?.map(wanted => {
      const part = parts.find(({ name }) => name === wanted);
      if (part === undefined) {
        throw new Error(
          `There is no part '${wanted}'; there are: ${parts
            .map(({ name }) => name)
            .join(', ')}.`,
        );
      }
      return part;
    }) ?? parts
  );
}

async function assertOperators({ cluster }: PlatformGround): Promise<void> {
  const served = await cluster.discover();
  const missing = OPERATORS.filter(
    ({ apiVersion, kind }) => served.find(apiVersion, kind) === undefined,
  ).map(({ kind }) => kind);
  if (missing.length > 0) {
    throw new Error(
      `The cluster does not serve ${missing.join(
        ', ',
      )}: run the whole story on it first (npm run e2e), which installs both operators.`,
    );
  }
}

/** From the root of the repository. */
function templateFiles(additions: PlatformAdditions[]): string[] {
  return [
    ...new Set([
      'templates/sportsbook-autoscaled-service/template.yaml',
      ...additions.flatMap(({ templates }) => templates ?? []),
    ]),
  ];
}

async function templateNames(
  additions: PlatformAdditions[],
): Promise<string[]> {
  const named = z.object({ metadata: z.object({ name: z.string() }) });
  return Promise.all(
    templateFiles(additions).map(async file => {
      const text = await readFile(resolve(__dirname, '..', file), 'utf8');
      return named.parse(parse(text)).metadata.name;
    }),
  );
}

function ownConfig(
  options: PlatformGround['options'],
  additions: PlatformAdditions[],
): object {
  return {
    catalog: {
      locations: catalogLocations([...templateFiles(additions)]),
    },
    ...(options.releasesUrl === undefined
      ? {}
      : {
          backend: {
            reading: { allow: [{ host: new URL(options.releasesUrl).host }] },
          },
        }),
    sportsbookScaling: {
      clusters: additions.flatMap(({ clusters }) => clusters ?? []),
      apply: { rules: additions.flatMap(({ rules }) => rules ?? []) },
    },
  };
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
