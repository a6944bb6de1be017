import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserContext, chromium } from 'playwright-core';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of an installed browser; undefined where there is none. */
export function findBrowser(
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const candidates =
    environment.CHROMIUM_PATH === undefined
      ? CANDIDATES
      : [environment.CHROMIUM_PATH];
  return candidates.find(path => existsSync(path));
}

export interface Browser {
  context: BrowserContext;
  close(): Promise<void>;
}

/** A browser with a profile of its own that asks nobody but the page's server. */
export async function openBrowser(
  executablePath: string,
  options: { colorScheme: 'light' | 'dark'; width: number; height?: number },
): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'sportsbook-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    colorScheme: options.colorScheme,
    viewport: { width: options.width, height: options.height ?? 1000 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
