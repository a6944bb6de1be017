import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tsImport } from 'tsx/esm/api';

const { DEFAULT_POLICY, drawReplicaBands, replicaBands } = await tsImport(
  '../generators/drawReplicaBands.mts',
  import.meta.url,
);
const read = path => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the picture of the bands is what the arithmetic draws', () => {
  assert.equal(
    read('../images/replica-bands.svg'),
    drawReplicaBands(DEFAULT_POLICY),
  );
});

test('the table of the bands has the levels of the arithmetic', () => {
  const rows = read('../explanation/how-replicas-are-chosen.md')
    .split('\n')
    .filter(line => /^\| \d/.test(line))
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    );
  assert.deepEqual(
    rows,
    replicaBands(DEFAULT_POLICY).map(({ replicas, from, to }) => [
      String(replicas),
      to === undefined ? '–' : String(to),
      from === undefined ? '–' : String(Math.round(from)),
    ]),
  );
});
