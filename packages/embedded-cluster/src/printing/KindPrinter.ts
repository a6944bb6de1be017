import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { TableColumn, TableRow } from '../ports/TablePrinter';

/** How objects of one kind become rows. */
export interface KindPrinter {
  columns: readonly TableColumn[];
  row(object: KubernetesObject, nowMilliseconds: number): TableRow;
}

/** The column that every table begins with. */
export const NAME: TableColumn = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: '',
  priority: 0,
};

/**
 * @param type - default `string`
 * @param priority - 0 is always shown, 1 only with `-o wide`
 */
export function column(
  name: string,
  type: 'string' | 'integer' | 'boolean' | 'date' = 'string',
  priority: 0 | 1 = 0,
): TableColumn {
  return { name, type, format: '', description: '', priority };
}

export function wide(name: string): TableColumn {
  return column(name, 'string', 1);
}
