import { formatObjectRef } from '@sportsbook/plugin-sportsbook-scaling-common';
import { ChangeSet, ChangeSetEntry } from '../model/ChangeSet';
import { countChanges } from '../model/summarizeChanges';

const FIELDS_SHOWN = 5;
const ROWS_SHOWN = 200;
const LONGEST_DETAILS_CHARACTERS = 600;

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

function shorten(text: string): string {
  return text.length <= LONGEST_DETAILS_CHARACTERS
    ? text
    : `${text.slice(0, LONGEST_DETAILS_CHARACTERS)} …`;
}

/** What a large set shows of itself: what is as it was goes first. */
function rowsOf(changeSet: ChangeSet): {
  shown: ChangeSet;
  hidden: ChangeSet;
} {
  if (changeSet.length <= ROWS_SHOWN) {
    return { shown: changeSet, hidden: [] };
  }
  const written = changeSet.filter(({ action }) => action !== 'unchanged');
  const shown = written.slice(0, ROWS_SHOWN);
  const isShown = new Set(shown);
  return { shown, hidden: changeSet.filter(entry => !isShown.has(entry)) };
}

/**
 * The change set as a Markdown table: object, what happened, details, source.
 * Of a large one not all rows, and how many more there are.
 */
export function changeSetTable(changeSet: ChangeSet): string {
  const { shown, hidden } = rowsOf(changeSet);
  const rows = shown.map(entry =>
    [
      formatObjectRef(entry.ref),
      entry.action,
      shorten(detailsOf(entry)),
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
    ...(hidden.length === 0
      ? []
      : [`| … and ${hidden.length} more | ${countChanges(hidden)} |  |  |`]),
  ].join('\n');
}
