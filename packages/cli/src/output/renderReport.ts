import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ChangeSetEntry,
  countChanges,
  formatPlanProblem,
  formatStatus,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { styleText } from 'node:util';
import { Report } from './Report';
import { Cell, renderTable } from './renderTable';

const FIELDS_SHOWN = 3;

const COLOURS: Partial<Record<string, Parameters<typeof styleText>[0]>> = {
  created: 'green',
  configured: 'yellow',
  deleted: 'red',
  failed: 'red',
  unknown: 'magenta',
  unchanged: 'dim',
  skipped: 'dim',
  current: 'green',
  inProgress: 'yellow',
};

function painted(text: string, colour: boolean, key = text): Cell {
  const format = COLOURS[key];
  return colour && format !== undefined
    ? {
        text,
        paint: plain => styleText(format, plain, { validateStream: false }),
      }
    : { text };
}

function detailsOf({
  reason,
  changedFields,
  recreated,
}: ChangeSetEntry): string {
  const fields = changedFields ?? [];
  const more = fields.length - FIELDS_SHOWN;
  return [
    recreated ? 'deleted and created anew' : undefined,
    reason,
    fields.length === 0
      ? undefined
      : `${fields.slice(0, FIELDS_SHOWN).join(', ')}${
          more > 0 ? ` and ${more} more` : ''
        }`,
  ]
    .filter(part => part !== undefined)
    .join('; ');
}

/** The report as people read it: a table of each part, and the counts. */
export function renderReport(
  report: Report,
  options: { colour: boolean },
): string {
  const { colour } = options;
  const { changes, problems, statuses, scaling, waysBack } = report;
  return [
    problems === undefined || problems.length === 0
      ? undefined
      : [
          'Problems:',
          ...problems.map(problem => `- ${formatPlanProblem(problem)}`),
        ].join('\n'),
    changes === undefined || changes.length === 0
      ? undefined
      : renderTable(
          ['OBJECT', 'CHANGE', 'SOURCE', 'DETAILS'],
          changes.map(entry => [
            { text: formatObjectRef(entry.ref) },
            painted(entry.action, colour),
            {
              text:
                entry.file === undefined
                  ? ''
                  : `${entry.file}:${entry.line ?? 1}`,
            },
            { text: detailsOf(entry) },
          ]),
        ),
    changes === undefined ? undefined : countChanges(changes),
    waysBack === undefined || waysBack.length === 0
      ? undefined
      : ['To bring back what was changed:', ...waysBack].join('\n'),
    statuses === undefined
      ? undefined
      : renderTable(
          ['OBJECT', 'STATUS', 'MESSAGE'],
          statuses.map(({ ref, status, message }) => [
            { text: formatObjectRef(ref) },
            painted(formatStatus(status), colour, status),
            { text: message },
          ]),
        ),
    ...(scaling ?? []).map(({ scaledObject, links, autoscaler, ...found }) =>
      [
        `ScaledObject ${scaledObject}`,
        renderTable(
          ['LINK', 'HOLDS', 'SEEN'],
          links.map(({ title, seconds, detail }) => [
            { text: title },
            { text: `after ${Math.round(seconds)} s` },
            { text: detail },
          ]),
        ),
        `${autoscaler.minReplicas} to ${
          autoscaler.maxReplicas
        } replicas, one per ${
          autoscaler.requestsPerSecondPerReplica
        } requests per second; ${
          found.requestsPerSecond === undefined
            ? 'now: not known'
            : `now: ${found.requestsPerSecond}`
        }`,
      ].join('\n'),
    ),
  ]
    .filter(part => part !== undefined)
    .join('\n\n');
}
