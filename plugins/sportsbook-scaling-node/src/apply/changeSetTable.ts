import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ChangeSet, ChangeSetEntry } from '../model/ChangeSet';

const FIELDS_SHOWN = 5;

function cell(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replace(/\s+/g, ' ');
}

function detailsOf(entry: ChangeSetEntry): string {
  const fields = entry.changedFields ?? [];
  const shown = fields.slice(0, FIELDS_SHOWN).map(field => `\`${field}\``);
  const more = fields.length - shown.length;
  return [
    entry.reason,
    shown.length === 0
      ? undefined
      : shown.join(', ') + (more > 0 ? ` and ${more} more` : ''),
    ...entry.warnings.map(warning => `Warning: ${warning}`),
  ]
    .filter(part => part !== undefined)
    .join('; ');
}

/** The change set as a Markdown table: object, what happened, details, source. */
export function changeSetTable(changeSet: ChangeSet): string {
  const rows = changeSet.map(entry =>
    [
      formatObjectRef(entry.ref),
      entry.action,
      detailsOf(entry),
      entry.file === undefined
        ? ''
        : `${entry.file}${entry.line === undefined ? '' : `:${entry.line}`}`,
    ]
      .map(cell)
      .join(' | '),
  );
  return [
    '| Object | Change | Details | Source |',
    '| --- | --- | --- | --- |',
    ...rows.map(row => `| ${row} |`),
  ].join('\n');
}
