import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './isRunning.mjs';

const POLL_MS = 500;
/** Signing a lock takes no longer than this. */
const UNSIGNED_MS = 5_000;

/**
 * Runs `work` while no other process of this checkout holds the same lock. A
 * lock whose holder is gone counts for nothing.
 *
 * @param file the lock
 * @param options.onWait is told once, with the holder's process id
 */
export async function withLock(file, { onWait }, work) {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    const holder = holderOf(file);
    if (isStale(file, holder)) {
      removeStale(file, holder);
    } else {
      if (!told && holder !== undefined) {
        told = true;
        onWait(holder);
      }
      await sleep(POLL_MS);
    }
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

/** Its holder is gone, or died between making the file and signing it. */
function isStale(file, holder) {
  return holder === undefined ? ageMs(file) > UNSIGNED_MS : !isRunning(holder);
}

// Somebody else may have taken the lock since it was read: what is moved away
// is looked at again, and given back when it is not the stale one.
function removeStale(file, holder) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') {
      return;
    }
    throw error;
  }
  if (holderOf(aside) === holder) {
    rmSync(aside, { force: true });
  } else {
    renameSync(aside, file);
  }
}

function ageMs(file) {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch (error) {
    if (error.code === 'ENOENT') {
      return 0;
    }
    throw error;
  }
}

function take(file) {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

function holderOf(file) {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isInteger(pid) ? pid : undefined;
  } catch (error) {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
