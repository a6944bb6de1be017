import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  computeStatus,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  KubernetesClient,
  readManifests,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { z } from 'zod';
import { APPLICATION } from './argoApplication';

const run = promisify(execFile);
const PAUSE_MILLISECONDS = 2000;
const MANAGER = 'argocd-controller';
const CASCADE = 'resources-finalizer.argocd.argoproj.io';

const applicationSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    deletionTimestamp: z.string().optional(),
    finalizers: z.array(z.string()).default([]),
  }),
  spec: z.object({
    source: z.object({
      repoURL: z.string(),
      targetRevision: z.string(),
      path: z.string(),
    }),
    destination: z.object({ namespace: z.string() }),
  }),
});
type Application = z.infer<typeof applicationSchema>;

/**
 * Does to the objects of a cluster what Argo CD does with an Application whose
 * sync is automated and heals itself: applies the manifests of the branch with
 * its own field manager and tracking annotation, again and again, writes what
 * has come of it into the Application's status, and takes the objects along when
 * the Application goes.
 */
export class SelfHealingController {
  readonly #stopped = new AbortController();
  #loop: Promise<void> | undefined;

  /** @param options.namespace - of the Applications */
  constructor(
    private readonly options: { cluster: KubernetesClient; namespace: string },
  ) {}

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const { items } = await this.options.cluster
        .list(APPLICATION, { namespace: this.options.namespace })
        .catch(() => ({ items: [] }));
      for (const item of items) {
        const application = applicationSchema.parse(item);
        if (application.metadata.deletionTimestamp !== undefined) {
          // What could not be removed is tried again in the next round.
          await this.#remove(application).catch(() => {});
          continue;
        }
        await this.#report(
          application,
          await this.#sync(application).catch(failed),
        );
      }
      await sleep(PAUSE_MILLISECONDS, undefined, { signal }).catch(() => {});
    }
  }

  async #sync(application: Application): Promise<object> {
    const { cluster } = this.options;
    const { name } = application.metadata;
    const { revision, objects } = await manifestsOf(application);
    const applied: KubernetesObject[] = [];
    for (const object of objects) {
      const { namespace = application.spec.destination.namespace } =
        object.metadata;
      const group = object.apiVersion.includes('/')
        ? object.apiVersion.split('/')[0]
        : '';
      const tracked = {
        ...object,
        metadata: {
          ...object.metadata,
          namespace,
          annotations: {
            ...object.metadata.annotations,
            'argocd.argoproj.io/tracking-id': `${name}:${group}/${object.kind}:${namespace}/${object.metadata.name}`,
          },
        },
      };
      applied.push(
        (await cluster.apply(tracked, { fieldManager: MANAGER, force: true }))
          .object,
      );
    }
    const unhealthy = applied
      .map(object => ({ object, ...computeStatus(object) }))
      .find(({ status }) => status !== 'current');
    return {
      sync: { status: 'Synced', revision },
      health:
        unhealthy === undefined
          ? { status: 'Healthy' }
          : {
              status: 'Progressing',
              message: `${unhealthy.object.kind} ${
                objectRefOf(unhealthy.object).name
              }: ${unhealthy.message}`,
            },
    };
  }

  /** With its finalizer, an Application goes after everything that it has brought. */
  async #remove(application: Application): Promise<void> {
    const { cluster } = this.options;
    const { name, namespace, finalizers } = application.metadata;
    if (!finalizers.includes(CASCADE)) {
      return;
    }
    const { objects } = await manifestsOf(application);
    let left = 0;
    for (const object of objects) {
      const ref = {
        namespace: application.spec.destination.namespace,
        ...objectRefOf(object),
      };
      if ((await cluster.get(ref)) !== undefined) {
        left += 1;
        await cluster.delete(ref);
      }
    }
    if (left === 0) {
      // Without the finalizer, in the name of who has set it.
      await cluster.apply({ ...APPLICATION, metadata: { name, namespace } });
    }
  }

  async #report({ metadata }: Application, status: object): Promise<void> {
    const { name, namespace } = metadata;
    await this.options.cluster
      .apply(
        { ...APPLICATION, metadata: { name, namespace }, status },
        { fieldManager: MANAGER, force: true },
      )
      // It may have been deleted meanwhile; the next round sees it.
      .catch(() => {});
  }
}

function failed(error: unknown): object {
  return {
    sync: { status: 'OutOfSync' },
    health: { status: 'Missing' },
    operationState: {
      phase: 'Failed',
      message: error instanceof Error ? error.message : String(error),
    },
  };
}

async function manifestsOf({
  spec: { source },
}: Application): Promise<{ revision: string; objects: KubernetesObject[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'self-healing-'));
  try {
    await run('git', [
      'clone',
      '--quiet',
      '--depth=1',
      '--branch',
      source.targetRevision,
      source.repoURL,
      directory,
    ]);
    const { stdout } = await run('git', ['rev-parse', 'HEAD'], {
      cwd: directory,
    });
    const folder = join(directory, source.path);
    const names = (await readdir(folder)).filter(file => /\.ya?ml$/.test(file));
    const files = await Promise.all(
      names.map(async path => ({
        path,
        text: await readFile(join(folder, path), 'utf8'),
      })),
    );
    return {
      revision: stdout.trim(),
      objects: readManifests(files).map(({ object }) => object),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
