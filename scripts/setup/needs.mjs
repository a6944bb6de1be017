import * as fs from 'node:fs/promises';
import { SetupError } from './SetupError.mjs';
import { YARN } from './pins.mjs';

const PACKAGES = { downloadMB: 280, diskMB: 2800, minutes: 4 };
const NODE_DISK_MB = 250;
const BUILD_MINUTES = 1;

/**
 * What a set-up will download and take, in the words that are shown before it
 * starts.
 *
 * @param missing `{node, yarn, packages, build}`; `node` is the pin to fetch
 * @returns `{lines, diskMB}`
 */
export function needs(missing) {
  const parts = [
    missing.node && {
      text: `Node ${missing.node.version}, kept in .local (this machine's own is left alone)`,
      downloadMB: missing.node.downloadMB,
      diskMB: NODE_DISK_MB,
      minutes: 0.5,
    },
    missing.yarn && {
      text: `yarn ${YARN.version}, kept in .local`,
      downloadMB: YARN.downloadMB,
      diskMB: 5,
      minutes: 0,
    },
    missing.packages && {
      text: `packages: 1.7 GB in node_modules, 1.0 GB in yarn's cache`,
      ...PACKAGES,
    },
    missing.build && {
      text: 'building the page',
      downloadMB: 0,
      diskMB: 50,
      minutes: BUILD_MINUTES,
    },
  ].filter(Boolean);
  const sum = key => parts.reduce((total, part) => total + part[key], 0);
  return {
    diskMB: sum('diskMB'),
    lines: parts.length
      ? [
          `Set-up, once: up to ${megabytes(
            sum('downloadMB'),
          )} to download, ${megabytes(sum('diskMB'))} of disk, ${Math.max(
            1,
            Math.ceil(sum('minutes')),
          )} min.`,
          ...parts.map(
            ({ text, downloadMB }) =>
              `  - ${text}${
                downloadMB ? ` (download ${megabytes(downloadMB)})` : ''
              }`,
          ),
        ]
      : [],
  };
}

/**
 * @throws SetupError when the disk of a folder has less room than that
 */
export async function requireDisk(folder, diskMB) {
  if (!fs.statfs) {
    return; // Node before 18.15 cannot tell.
  }
  const { bavail, bsize } = await fs.statfs(folder);
  const freeMB = Math.floor((bavail * bsize) / 1e6);
  if (freeMB < diskMB) {
    throw new SetupError(
      `The set-up takes about ${megabytes(diskMB)}, and ${megabytes(
        freeMB,
      )} are free on the disk of ${folder}. Make room and run this again; it goes on where it stopped.`,
    );
  }
}

function megabytes(count) {
  return count >= 1000 ? `${(count / 1000).toFixed(1)} GB` : `${count} MB`;
}
