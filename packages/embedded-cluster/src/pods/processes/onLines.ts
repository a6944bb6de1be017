import type { Readable } from 'node:stream';

/**
 * Reads a stream by its lines. Unlike `node:readline`, it keeps no line of any
 * length: the stream is destroyed at the first one that is too long.
 */
export function onLines(
  stream: Readable,
  options: {
    maxCharacters: number;
    onLine(line: string): void;
    onTooLong(): void;
  },
): void {
  const { maxCharacters, onLine, onTooLong } = options;
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of [...lines, rest]) {
      if (line.length > maxCharacters) {
        rest = '';
        stream.destroy();
        onTooLong();
        return;
      }
    }
    lines.forEach(onLine);
  });
}
