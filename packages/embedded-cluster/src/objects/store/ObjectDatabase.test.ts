import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ObjectDatabase } from './ObjectDatabase';

/** Writes as fast as it can, and says of each write that it is accepted. */
const WRITER = `
  require('@backstage/cli-node/config/nodeTransform.cjs');
  const { writeSync } = require('node:fs');
  const { ObjectDatabase } = require(${JSON.stringify(
    join(__dirname, 'ObjectDatabase.ts'),
  )});
  const database = new ObjectDatabase(process.argv[1]);
  for (let version = 1; ; version++) {
    database.put({
      resource: '/configmaps', namespace: 'default',
      name: 'map-' + (version % 7), version, body: JSON.stringify({ version }),
    });
    if (version % 10 === 0) {
      database.remove('/configmaps', 'default', 'map-' + (version % 7), ++version);
    }
    writeSync(1, version + '\\n');
  }
`;

describe('ObjectDatabase', () => {
  const directory = mkdtempSync(join(tmpdir(), 'object-database-'));

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each([1, 2, 3])(
    'has every accepted write after its process was killed at any moment (%i)',
    async round => {
      const path = join(directory, `killed-${round}.sqlite`);
      const child = spawn(process.execPath, ['-e', WRITER, path], {
        stdio: ['ignore', 'pipe', 'inherit'],
        cwd: __dirname,
      });
      let accepted = 0;
      const lines = createInterface({ input: child.stdout });
      lines.on('line', line => {
        accepted = Number(line);
        if (accepted >= 50 * round) {
          child.kill('SIGKILL');
        }
      });
      await Promise.all([once(child, 'exit'), once(lines, 'close')]);

      const database = new ObjectDatabase(path);
      expect(accepted).toBeGreaterThanOrEqual(50 * round);
      // One more may have been stored that was not said yet; with its deletion, two.
      expect(database.latestVersion()).toBeGreaterThanOrEqual(accepted);
      expect(database.latestVersion()).toBeLessThanOrEqual(accepted + 2);
      for (const row of database.rows()) {
        expect(JSON.parse(row.body)).toEqual({ version: row.version });
      }
      database.close();
    },
    30_000,
  );

  it('refuses a file of another layout, and says what to do', () => {
    const path = join(directory, 'other.sqlite');
    const Database = jest.requireActual('better-sqlite3');
    const other = new Database(path);
    other.pragma('user_version = 99');
    other.close();
    expect(() => new ObjectDatabase(path)).toThrow(
      /layout 99, this one reads 1\): remove the folder to begin anew/,
    );
  });
});
