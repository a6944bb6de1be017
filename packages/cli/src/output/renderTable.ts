/** A cell, and what it should look like where colours are shown. */
export interface Cell {
  text: string;
  paint?: (text: string) => string;
}

const GAP = '   ';

/** Columns as wide as their widest cell; the last one is as long as it is. */
export function renderTable(heading: string[], rows: Cell[][]): string {
  const all: Cell[][] = [heading.map(text => ({ text })), ...rows];
  const widths = heading.map((_, column) =>
    Math.max(...all.map(row => row[column].text.length)),
  );
  return all
    .map(row =>
      row
        .map(({ text, paint }, column) => {
          const padding =
            column === row.length - 1
              ? ''
              : ' '.repeat(widths[column] - text.length);
          return `${paint === undefined ? text : paint(text)}${padding}`;
        })
        .join(GAP)
        .trimEnd(),
    )
    .join('\n');
}
