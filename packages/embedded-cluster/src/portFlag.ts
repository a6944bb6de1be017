/**
 * A port as somebody gave it to the program; 0 takes a free one.
 *
 * @throws Error that names the flag
 */
export function portFlag(flag: string, text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new Error(
      `--${flag} is a port, a whole number from 0 to 65535, not ${JSON.stringify(
        text,
      )}.`,
    );
  }
  return port;
}
