const MOST_LINES = 60;
const LONGEST_LINE_CHARACTERS = 2_000;

/** A text that fits a log, however many objects it is about: the first lines of it, and how many more there are. */
export function boundedText(text: string): string {
  const lines = text.split('\n');
  const shown = lines
    .slice(0, MOST_LINES)
    .map(line =>
      line.length <= LONGEST_LINE_CHARACTERS
        ? line
        : `${line.slice(0, LONGEST_LINE_CHARACTERS)} …`,
    );
  return lines.length <= MOST_LINES
    ? shown.join('\n')
    : [...shown, `… and ${lines.length - MOST_LINES} more lines`].join('\n');
}
