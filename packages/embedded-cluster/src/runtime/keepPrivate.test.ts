import {
  chmodSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPrivate } from './keepPrivate';

describe('keepPrivate', () => {
  it('shuts an open folder and the files in it', () => {
    const directory = mkdtempSync(join(tmpdir(), 'private-'));
    try {
      const file = join(directory, 'cluster.sqlite');
      writeFileSync(file, '');
      chmodSync(file, 0o644);
      chmodSync(directory, 0o755);
      keepPrivate(directory);
      const modeOf = (path: string) => statSync(path).mode % 0o1000;
      expect(modeOf(directory)).toBe(0o700);
      expect(modeOf(file)).toBe(0o600);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
