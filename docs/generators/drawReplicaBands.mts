import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AutoscalerPolicy } from '../../plugins/sportsbook-scaling-common/src/hpa/autoscalerPolicy.ts';
import { replicaLevels } from '../../plugins/sportsbook-scaling-common/src/hpa/replicaLevels.ts';

/** The template's defaults, which the page speaks of. */
export const DEFAULT_POLICY: AutoscalerPolicy = {
  requestsPerSecondPerReplica: 100,
  minReplicas: 2,
  maxReplicas: 10,
  toleranceUp: 0.1,
  toleranceDown: 0.1,
};

const WIDTH = 720;
const HEIGHT = 360;
const LEFT = 56;
const RIGHT = 704;
const TOP = 24;
const BOTTOM = 312;
const SHOWN_UP_TO = 1200;

export interface ReplicaBand {
  replicas: number;
  /** Rate at and below which a replica goes; undefined at the minimum. */
  from: number | undefined;
  /** Rate above which a replica comes; undefined at the maximum. */
  to: number | undefined;
}

/** The rates between which each number of replicas stays as it is. */
export function replicaBands(policy: AutoscalerPolicy): ReplicaBand[] {
  const { minReplicas, maxReplicas } = policy;
  return Array.from(
    { length: maxReplicas - minReplicas + 1 },
    (_, index) => minReplicas + index,
  ).map(replicas => {
    const levels = replicaLevels(replicas, policy);
    return {
      replicas,
      from: levels.scaleInAtRequestsPerSecond,
      to: levels.scaleOutAboveRequestsPerSecond,
    };
  });
}

const x = (rate: number) =>
  Math.round(LEFT + ((RIGHT - LEFT) * rate) / SHOWN_UP_TO);

/** The bands as bars over a scale of rates. */
export function drawReplicaBands(policy: AutoscalerPolicy): string {
  const bands = replicaBands(policy);
  const row = (BOTTOM - TOP) / bands.length;
  const bars = bands.map(({ replicas, from, to }, index) => {
    const y = Math.round(BOTTOM - (index + 1) * row);
    const start = x(from ?? 0);
    const end = x(to ?? SHOWN_UP_TO);
    return [
      `<text class="axis" x="${LEFT - 8}" y="${
        y + 18
      }" text-anchor="end">${replicas}</text>`,
      `<rect class="band" x="${start}" y="${y + 4}" width="${
        end - start
      }" height="${Math.round(row) - 8}" rx="3"/>`,
      `<text class="label" x="${Math.round((start + end) / 2)}" y="${
        y + 18
      }" text-anchor="middle">${Math.round(from ?? 0)} – ${
        to ?? 'no end'
      }</text>`,
    ].join('\n  ');
  });
  const ticks = Array.from({ length: 7 }, (_, index) => index * 200).map(
    rate =>
      `<path class="grid" d="M${x(
        rate,
      )} ${TOP}V${BOTTOM}"/>\n  <text class="axis" x="${x(rate)}" y="${
        BOTTOM + 18
      }" text-anchor="middle">${rate}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title">
  <title id="title">Requests per second between which each number of replicas stays</title>
  <style>
    text { font: 12px system-ui, sans-serif; }
    .axis { fill: #57606a; }
    .label { fill: #0b3d66; }
    .band { fill: #b6dcfe; }
    .grid { stroke: #d0d7de; }
    @media (prefers-color-scheme: dark) {
      .axis { fill: #b1bac4; }
      .label { fill: #dbeeff; }
      .band { fill: #1f5f95; }
      .grid { stroke: #3d444d; }
    }
  </style>
  ${ticks.join('\n  ')}
  ${bars.join('\n  ')}
  <text class="axis" x="${Math.round((LEFT + RIGHT) / 2)}" y="${
    BOTTOM + 40
  }" text-anchor="middle">requests per second, all replicas together</text>
  <text class="axis" x="${LEFT - 8}" y="${
    TOP - 8
  }" text-anchor="end">replicas</text>
</svg>
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(
    join(
      fileURLToPath(new URL('.', import.meta.url)),
      '../images/replica-bands.svg',
    ),
    drawReplicaBands(DEFAULT_POLICY),
  );
}
