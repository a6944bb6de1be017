import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const FILE = 'ports.json';

/**
 * Ports that stay the same over restarts as long as nobody else takes them, so
 * that a kubeconfig and the images' names stay true.
 *
 * @param wanted - ports that somebody asked for; 0: whichever is free
 */
export async function rememberedPorts<Name extends string>(
  directory: string,
  wanted: Readonly<Record<Name, number>>,
): Promise<Record<Name, number>> {
  const before = read(directory);
  const chosen: Record<string, number> = {};
  for (const name of Object.keys(wanted) as Name[]) {
    const asked = wanted[name];
    const last = before[name];
    if (asked !== 0) {
      chosen[name] = asked;
    } else if (last !== undefined && (await isFree(last))) {
      chosen[name] = last;
    } else {
      chosen[name] = await freePort();
    }
  }
  writeFileSync(join(directory, FILE), JSON.stringify(chosen), { mode: 0o600 });
  return chosen as Record<Name, number>;
}

function read(directory: string): Record<string, number | undefined> {
  try {
    const noted: unknown = JSON.parse(
      readFileSync(join(directory, FILE), 'utf8'),
    );
    return typeof noted === 'object' && noted !== null
      ? Object.fromEntries(
          Object.entries(noted).filter(([, port]) => Number.isInteger(port)),
        )
      : {};
  } catch {
    return {};
  }
}

async function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise(resolve => {
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        resolve(
          typeof address === 'object' && address !== null
            ? address.port
            : undefined,
        ),
      );
    });
  });
}

async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === undefined) {
    throw new Error('No port of 127.0.0.1 is free');
  }
  return port;
}
