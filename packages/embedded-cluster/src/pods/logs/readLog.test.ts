import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../model/Clock';
import { LogFiles } from './LogFiles';
import { readLog, type ReadLogOptions } from './readLog';

const BEGIN = Date.parse('2026-11-24T10:00:00Z');

describe('logs of containers', () => {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-logs-'));
  let now = BEGIN;
  const clock: Clock = { now: () => now, after: () => () => undefined };
  const files = new LogFiles(directory, clock);
  let runs = 0;

  function begin() {
    now = BEGIN;
    runs += 1;
    return files.begin(`uid-${runs}`, 'main', 0);
  }

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function chunks(
    path: string,
    options: Partial<Omit<ReadLogOptions, 'path'>> = {},
  ) {
    return readLog({
      path,
      request: {},
      nowMilliseconds: now,
      signal: new AbortController().signal,
      ...options,
    });
  }

  async function text(
    path: string,
    request: ReadLogOptions['request'] = {},
  ): Promise<string> {
    let all = '';
    for await (const chunk of chunks(path, { request })) {
      all += chunk;
    }
    return all;
  }

  it('are read as they were written, however the bytes came', async () => {
    const log = begin();
    log.write('stdout', Buffer.from('one\ntw'));
    log.write('stderr', Buffer.from('aside\n'));
    log.write('stdout', Buffer.from('o\n\nlast'));
    files.end(log);
    expect(await text(log.path)).toBe('one\naside\ntwo\n\nlast\n');
  });

  it('keep a long line in one piece', async () => {
    const log = begin();
    const line = 'x'.repeat(40_000);
    log.write('stdout', Buffer.from(`before\n${line}\nafter\n`));
    files.end(log);
    expect(await text(log.path, { tailLines: 2 })).toBe(`${line}\nafter\n`);
  });

  it('are cut to what is asked for', async () => {
    const log = begin();
    for (const line of ['a', 'b', 'c']) {
      log.writeLine(line);
      now += 10_000;
    }
    files.end(log);
    expect(await text(log.path, { tailLines: 1 })).toBe('c\n');
    expect(await text(log.path, { tailLines: 0 })).toBe('');
    expect(await text(log.path, { sinceSeconds: 20 })).toBe('b\nc\n');
    expect(await text(log.path, { sinceTime: '2026-11-24T10:00:20Z' })).toBe(
      'c\n',
    );
    expect(await text(log.path, { limitBytes: 3 })).toBe('a\nb');
    expect(await text(log.path, { timestamps: true, tailLines: 1 })).toBe(
      '2026-11-24T10:00:20.000Z c\n',
    );
  });

  it('are followed to the end of the run, over a file that is full', async () => {
    const log = begin();
    log.writeLine('first');
    const reading = chunks(log.path, { follow: log });
    expect((await reading.next()).value).toBe('first\n');
    const block = `${'y'.repeat(1_000)}\n`.repeat(1_100);
    const later = (async () => {
      let bytes = 0;
      for await (const chunk of reading) {
        bytes += chunk.length;
      }
      return bytes;
    })();
    for (let index = 0; index < 12; index += 1) {
      log.write('stdout', Buffer.from(block));
      await new Promise(resolve => setImmediate(resolve));
    }
    files.end(log);
    expect(await later).toBe(12 * block.length);
    expect(log.rotations).toBe(1);
    expect(statSync(log.path).size).toBeLessThan(10 * 1024 * 1024);
  });

  it('are followed no longer than somebody reads', async () => {
    const log = begin();
    const abort = new AbortController();
    const reading = chunks(log.path, { follow: log, signal: abort.signal });
    const next = reading.next();
    abort.abort();
    expect((await next).done).toBe(true);
    files.end(log);
  });

  it('of a run before the last are removed', async () => {
    for (const restart of [0, 1, 2]) {
      const log = files.begin('uid-many', 'main', restart);
      log.writeLine(String(restart));
      files.end(log);
    }
    expect(await text(files.path('uid-many', 'main', 0))).toBe('');
    expect(await text(files.path('uid-many', 'main', 1))).toBe('1\n');
    files.removePod('uid-many');
    expect(files.uids()).not.toContain('uid-many');
  });
});
