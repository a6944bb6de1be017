/**
 * Prints a table for people.
 *
 * @param rows the first one is the heading; all cells are text
 */
export function printTable(rows) {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  const line = row =>
    row
      .map((cell, column) =>
        // Names on the left, figures on the right.
        column === 0
          ? cell.padEnd(widths[column])
          : cell.padStart(widths[column]),
      )
      .join('  ');
  console.log(`\n${line(rows[0])}`);
  console.log(widths.map(width => '-'.repeat(width)).join('  '));
  for (const row of rows.slice(1)) {
    console.log(line(row));
  }
  console.log();
}

/**
 * One line of JSON for each goal: what was measured as a share of what is
 * asked for, so that 1 is the goal itself.
 *
 * @param bench name of the figure
 * @param goals `{name, measured, asked, unit, atLeast}`
 */
export function printGoals(bench, goals) {
  for (const { name, measured, asked, unit, atLeast = false } of goals) {
    console.log(
      JSON.stringify({
        bench,
        figure: `${name} (${unit})`,
        measured: rounded(measured),
        ratio: rounded(measured / asked),
        goal: 1,
        ...(atLeast ? { atLeast } : {}),
      }),
    );
  }
}

/** Three digits that count. */
export function rounded(value) {
  return Number(value.toPrecision(3));
}
