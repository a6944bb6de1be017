import { join } from 'node:path';
import { PINNED_RELEASES } from '../../../plugins/sportsbook-scaling-node/src/platform/platformSettings';
import { PLATFORM_VERSIONS } from '../../../plugins/sportsbook-scaling-node/src/platform/platformVersions';

export const VERSIONS_PAGE = join(
  __dirname,
  '../../../docs/reference/platform-versions.md',
);

function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map(row => row[column].length)),
  );
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [
    line(head),
    line(widths.map(width => '-'.repeat(width))),
    ...rows.map(line),
  ].join('\n');
}

/** The page of the version matrix, from the data that the code uses. */
export function versionsPage(): string {
  const products = Object.values(PLATFORM_VERSIONS);
  const { prometheusOperator, keda } = PINNED_RELEASES;
  return `# Versions of the platform

What the template [Prepare a cluster](../how-to/prepare-a-cluster.md) takes for tested, old enough to lack something, or newer than anybody has tried. This page is made of \`plugins/sportsbook-scaling-node/src/platform/platformVersions.ts\`, and a test compares the two; \`yarn versions\` in \`templates/scaling-platform\` writes it.

${table(
  ['product', 'tested', 'oldest', 'what older ones lack'],
  products.map(({ title, tested, oldest, oldestReason }) => [
    title,
    tested.join(', '),
    oldest,
    oldestReason,
  ]),
)}

- _Tested_: the whole story was proved on it.
- Between _oldest_ and _tested_: it has all that is made use of, and is accepted without a word.
- Newer than _tested_: accepted, with a warning.
- Older than _oldest_: services do not scale as they should; whoever installed it has to upgrade it.

## Releases that are installed

${table(
  ['product', 'version', 'manifest', 'SHA-256'],
  [
    [PLATFORM_VERSIONS.prometheusOperator.title, prometheusOperator],
    [PLATFORM_VERSIONS.keda.title, keda],
  ].map(([title, release]) => {
    const { version, url, sha256 } = release as typeof keda;
    return [String(title), version, `<${url}>`, `\`${sha256}\``];
  }),
)}

Of the operator's bundle the definitions are taken; what runs the operator are our own manifests, with less rights. Others are configured by \`sportsbookScaling.platform.releases\`.
`;
}
