import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeVolume } from './writeVolume';

describe('writeVolume', () => {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-volume-'));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const filesOf = (texts: Record<string, string>) =>
    new Map(
      Object.entries(texts).map(([path, text]) => [
        path,
        { content: Buffer.from(text), mode: 0o644 },
      ]),
    );
  const seen = () =>
    readdirSync(folder)
      .filter(name => !name.startsWith('..'))
      .sort();

  it('replaces all files at once and leaves none of before', () => {
    writeVolume(folder, filesOf({ a: '1', b: '1', 'deep/c': '1' }));
    expect(seen()).toEqual(['a', 'b', 'deep']);
    writeVolume(folder, filesOf({ a: '2', 'deep/d': '2' }));
    expect(seen()).toEqual(['a', 'deep']);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('2');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['d']);
    expect(
      readdirSync(folder)
        .filter(name => name.startsWith('..'))
        .sort(),
    ).toEqual(['..2', '..data']);
  });

  it('lets nobody else on the machine read them', () => {
    expect(statSync(join(folder, 'a')).mode.toString(8)).toMatch(/600$/);
  });
});
