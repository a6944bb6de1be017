import { isError } from '@backstage/errors';
import { z } from 'zod/v3';

/** What an installation would put into `node_modules`, and whether that is certain. */
export type DependencySet =
  | {
      /** The same for all projects that get the same packages, whatever they are called. */
      status: 'pinned';
      identity: string;
      isEmpty: boolean;
    }
  | {
      status: 'unpinned';
      /** Why two installations may differ, for people. */
      reason: string;
    };

/** Of the manifest, what an installation without scripts takes no notice of. */
const OWN_FIELDS = new Set(['name', 'version', 'description', 'scripts']);

const manifestSchema = z.record(z.unknown());

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
const lockfileSchema = z
  .object({
    lockfileVersion: z.number().min(2),
    packages: z.record(
      z
        .object({
          integrity: z.string().optional(),
          link: z.boolean().optional(),
          inBundle: z.boolean().optional(),
        })
        .passthrough(),
    ),
  })
  .passthrough();

const DEPENDENCY_FIELDS = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'workspaces',
];

function withoutOwn(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => !OWN_FIELDS.has(name)),
  );
}

function isEmptyField(value: unknown): boolean {
  return (
    value === undefined ||
    (typeof value === 'object' &&
      value !== null &&
      Object.keys(value).length === 0)
  );
}

/**
 * Reads from a project's `package.json` and `package-lock.json` which packages an
 * installation gives it.
 *
 * @remarks
 * A set is pinned where the lockfile names the content of each package by its
 * integrity. Packages that lie in the project itself, come from git, or have no
 * integrity may change without the lockfile.
 */
export function dependencySet(project: {
  manifest: string;
  lockfile: string;
}): DependencySet {
  let manifest: Record<string, unknown>;
  let lockfile: z.output<typeof lockfileSchema>;
  try {
    manifest = manifestSchema.parse(JSON.parse(project.manifest));
    lockfile = lockfileSchema.parse(JSON.parse(project.lockfile));
  } catch (error) {
    const reason = isError(error) ? error.message.split('\n')[0] : '';
    return {
      status: 'unpinned',
      reason: `package.json and package-lock.json are not such as npm 7 and newer write them (${reason})`,
    };
  }
  const { '': root, ...packages } = lockfile.packages;
  for (const [path, { link, integrity, inBundle }] of Object.entries(
    packages,
  )) {
    if (!path.startsWith('node_modules/') || link === true) {
      return { status: 'unpinned', reason: `${path} is part of the project` };
    }
    if (integrity === undefined && inBundle !== true) {
      return {
        status: 'unpinned',
        reason: `package-lock.json has no integrity of ${path}`,
      };
    }
  }
  return {
    status: 'pinned',
    identity: JSON.stringify([
      withoutOwn(manifest),
      {
        ...withoutOwn(lockfile),
        packages: { '': withoutOwn(root ?? {}), ...packages },
      },
    ]),
    isEmpty:
      Object.keys(packages).length === 0 &&
      DEPENDENCY_FIELDS.every(field => isEmptyField(manifest[field])),
  };
}
