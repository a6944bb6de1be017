import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { resourceTypeOf } from './__testUtils__/resourceTypeOf';
import { printTable } from './printTable';

/**
 * Answers of Kubernetes 1.36.3 to `Accept: application/json;as=Table`, with
 * the time of each answer and the objects that were printed.
 */
interface RecordedTable {
  answered: string;
  plural: string;
  apiVersion: string;
  kind: string;
  printerColumns?: { name: string; type: string; jsonPath: string }[];
  columns: { name: string; type: string; format: string; priority: number }[];
  rows: { cells: unknown[]; conditions?: unknown[] }[];
  objects: KubernetesObject[];
}

const recorded = JSON.parse(
  gunzipSync(
    readFileSync(join(__dirname, '__fixtures__', 'tables.json.gz')),
  ).toString(),
) as RecordedTable[];

function print(table: RecordedTable) {
  return printTable(resourceTypeOf(table), table.objects, {
    nowMilliseconds: Date.parse(table.answered),
  });
}

describe('printTable', () => {
  it.each(
    recorded.map(
      (table, index) => [`${table.plural} (${index})`, table] as const,
    ),
  )('prints %s as the recorded API server does', (_name, table) => {
    const printed = print(table);

    expect(
      printed.columnDefinitions.map(({ name, type, format, priority }) => ({
        name,
        type,
        format,
        priority,
      })),
    ).toEqual(table.columns);
    expect(printed.rows).toEqual(table.rows);
  });

  it('has been tried with more than one state of a pod', () => {
    const pods = recorded.find(({ plural }) => plural === 'pods');

    expect(
      new Set(pods?.rows.map(({ cells }) => cells[2])).size,
    ).toBeGreaterThan(5);
  });

  it('prints a kind without a printer by its name and birth', () => {
    const { columnDefinitions, rows } = printTable(
      resourceTypeOf({ apiVersion: 'example.org/v1', kind: 'Thing' }),
      [
        {
          apiVersion: 'example.org/v1',
          kind: 'Thing',
          metadata: { name: 'a', creationTimestamp: '2026-01-01T00:00:00Z' },
        },
      ],
      { nowMilliseconds: Date.parse('2026-01-02T00:00:00Z') },
    );

    expect(columnDefinitions.map(({ name }) => name)).toEqual([
      'Name',
      'Created At',
    ]);
    expect(rows).toEqual([{ cells: ['a', '2026-01-01T00:00:00Z'] }]);
  });
});
