import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { basename, join } from 'node:path';

const FILES = [
  'package.json',
  'tsconfig.json',
  'yarn.lock',
  '.yarnrc.yml',
  '.yarn/install-state.gz',
];
const FOLDERS = ['packages', 'plugins', 'skeleton', 'templates', 'e2e'];
const LEFT_OUT = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  'results',
  'golden',
  'recorded',
]);

/**
 * Copies the checkout's sources into a folder in which its packages can be
 * built and packed. Packing rewrites each package.json for a moment, which an
 * interrupted run would leave behind.
 *
 * The copy's `node_modules` lead to those of the checkout, except for the
 * workspaces, which lead to the copy.
 */
export function copyWorkspace(root, target) {
  for (const file of FILES) {
    cpSync(join(root, file), join(target, file));
  }
  for (const folder of FOLDERS) {
    cpSync(join(root, folder), join(target, folder), {
      recursive: true,
      filter: path => !LEFT_OUT.has(basename(path)),
    });
  }
  linkModules(root, target);
  for (const folder of ['packages', 'plugins', 'templates']) {
    for (const name of readdirSync(join(root, folder))) {
      linkModules(join(root, folder, name), join(target, folder, name));
    }
  }
}

function linkModules(from, to) {
  const source = join(from, 'node_modules');
  if (!existsSync(source)) {
    return;
  }
  const target = join(to, 'node_modules');
  mkdirSync(target);
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const scope = entry.isDirectory() && entry.name.startsWith('@');
    if (!scope) {
      link(join(source, entry.name), join(target, entry.name), entry);
      continue;
    }
    mkdirSync(join(target, entry.name));
    for (const inner of readdirSync(join(source, entry.name), {
      withFileTypes: true,
    })) {
      const path = join(entry.name, inner.name);
      link(join(source, path), join(target, path), inner);
    }
  }
}

// A relative link is one of yarn's own, to a workspace, and right as it is.
function link(source, target, entry) {
  symlinkSync(entry.isSymbolicLink() ? readlinkSync(source) : source, target);
}
