// Compares what two runs of the e2e found out: node scripts/e2e/compareOutcomes.mjs
// e2e/results/embedded/outcome.json e2e/results/cluster/outcome.json
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * @param first outcomes of one run: `[{title, outcome, facts}]`
 * @param second those of the other
 * @returns `{same, differences}`: titles, and sentences
 */
export function compareOutcomes(first, second) {
  const others = new Map(second.map(step => [step.title, step]));
  const same = [];
  const differences = [];
  for (const step of first) {
    const other = others.get(step.title);
    others.delete(step.title);
    // What only one cluster can show is skipped on the other, with its reason.
    if (step.outcome === 'skip' || other?.outcome === 'skip') {
      continue;
    }
    if (other === undefined) {
      differences.push(`"${step.title}" ran on the first cluster only`);
      continue;
    }
    const differing = differencesOf(step, other);
    if (differing.length === 0) {
      same.push(step.title);
    }
    differences.push(
      ...differing.map(text => `"${step.title}" differs: ${text}`),
    );
  }
  for (const { title, outcome } of others.values()) {
    if (outcome !== 'skip') {
      differences.push(`"${title}" ran on the second cluster only`);
    }
  }
  return { same, differences };
}

function differencesOf(step, other) {
  const differing = [];
  if (step.outcome !== other.outcome) {
    differing.push(`${step.outcome}, ${other.outcome}`);
  }
  const names = new Set([
    ...Object.keys(step.facts ?? {}),
    ...Object.keys(other.facts ?? {}),
  ]);
  for (const name of names) {
    const [here, there] = [step.facts?.[name], other.facts?.[name]];
    if (here !== there) {
      differing.push(`${name} is ${here}, ${there}`);
    }
  }
  return differing;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [first, second] = process.argv
    .slice(2)
    .map(file => JSON.parse(readFileSync(file, 'utf8')));
  const { same, differences } = compareOutcomes(first, second);
  for (const difference of differences) {
    console.error(difference);
  }
  console.log(`${same.length} passed, ${differences.length} failed`);
  process.exitCode = differences.length === 0 ? 0 : 1;
}
