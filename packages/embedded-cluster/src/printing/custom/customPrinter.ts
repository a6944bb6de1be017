import type { PrinterColumn, ResourceType } from '../../model/ResourceType';
import { since } from '../cells/since';
import { NAME, type KindPrinter } from '../KindPrinter';
import { findByPath } from './findByPath';

/** What the API server shows of a definition that names no columns. */
const AGE_ALONE: readonly PrinterColumn[] = [
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

type Cell = string | number | boolean | null;

/** Prints by the columns of a definition. A cell of another type than its column, or of nothing, is empty. */
export function customPrinter({
  printerColumns = [],
}: Pick<ResourceType, 'printerColumns'>): KindPrinter {
  const columns = printerColumns.length === 0 ? AGE_ALONE : printerColumns;
  return {
    columns: [
      NAME,
      ...columns.map(({ name, type, format, description, priority }) => ({
        name,
        type,
        format: format ?? '',
        description: description ?? '',
        priority: priority ?? 0,
      })),
    ],
    row: (object, nowMilliseconds) => ({
      cells: [
        object.metadata.name,
        ...columns.map(({ type, jsonPath }) =>
          cellOf(type, findByPath(object, jsonPath)[0], nowMilliseconds),
        ),
      ],
    }),
  };
}

function cellOf(
  type: PrinterColumn['type'],
  value: unknown,
  nowMilliseconds: number,
): Cell {
  if (value === undefined || value === null) {
    return null;
  }
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return dateCell(value, nowMilliseconds);
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

function dateCell(value: unknown, nowMilliseconds: number): Cell {
  if (typeof value !== 'string') {
    return null;
  }
  return Number.isNaN(Date.parse(value))
    ? '<invalid>'
    : since(value, nowMilliseconds);
}
