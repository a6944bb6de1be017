import { printGoals, printTable, rounded } from '../report.mjs';
import { median } from '../statistics.mjs';

const WORKS = {
  releases: {
    title: 'definitions and operators',
    goals: { fresh: 0.5, again: 0.3 },
  },
  configMaps: { title: 'ConfigMaps', goals: { fresh: 0.3 } },
};
const MOMENTS = { fresh: 'fresh', again: 'nothing changed' };
const MEMORY_GOAL = 1.5;

/**
 * Prints what was measured: the medians of all rounds.
 *
 * @param figures.found by work: `{objects, kubectl, cli, library, floor, requests}`
 */
export function reportFigures({ rounds, found }) {
  const goals = [];
  const rows = [
    [
      `median of ${rounds} rounds`,
      'kubectl',
      'CLI',
      'library',
      'raw requests',
      'CLI / kubectl',
      'goal',
    ],
  ];
  for (const [work, { title, goals: asked }] of Object.entries(WORKS)) {
    if (found[work] === undefined) {
      continue;
    }
    const { objects, requests, ...tools } = found[work];
    for (const [moment, named] of Object.entries(MOMENTS)) {
      const seconds = tool =>
        median(tools[tool][moment].map(one => one.seconds));
      const ratio = seconds('cli') / seconds('kubectl');
      rows.push([
        `${objects} ${title}, ${named} (s)`,
        ...['kubectl', 'cli', 'library', 'floor'].map(tool =>
          text(seconds(tool)),
        ),
        `${rounded(ratio)} x`,
        asked[moment] === undefined ? '' : `<= ${asked[moment]} x`,
      ]);
      const counted = tool => text(requests[tool][moment].all / objects);
      rows.push([
        '  requests per object',
        counted('kubectl'),
        counted('cli'),
        '-',
        '1',
        '-',
        '',
      ]);
      if (asked[moment] !== undefined) {
        goals.push({
          name: `${title}, ${named}`,
          measured: ratio,
          asked: asked[moment],
          unit: "of kubectl's time",
        });
      }
    }
  }
  addMemory(found.releases);
  printTable(rows);
  printGoals('apply', goals);

  function addMemory(releases) {
    const memory = tool =>
      median((releases?.[tool].fresh ?? []).map(({ peakMB }) => peakMB));
    const share = memory('cli') / memory('kubectl');
    if (Number.isNaN(share)) {
      process.stderr.write(
        'Memory was not measured: that takes release manifests, and /usr/bin/time.\n',
      );
      return;
    }
    rows.push([
      'memory over the definitions (MB)',
      text(memory('kubectl')),
      text(memory('cli')),
      '-',
      '-',
      `${rounded(share)} x`,
      `<= ${MEMORY_GOAL} x`,
    ]);
    goals.push({
      name: 'memory over the definitions',
      measured: share,
      asked: MEMORY_GOAL,
      unit: "of kubectl's memory",
    });
  }
}

function text(value) {
  return String(rounded(value));
}
