import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const POLL_MS = 200;

/**
 * Hands on the lines of a file as they are written to it.
 *
 * @returns a function that hands on the rest and stops
 */
export function followFile(file, onLine) {
  const source = openSync(file, 'r');
  const buffer = Buffer.alloc(64 * 1024);
  const decoder = new StringDecoder('utf8');
  let begun = '';
  const read = () => {
    for (;;) {
      const count = readSync(source, buffer, 0, buffer.length, null);
      if (count === 0) {
        return;
      }
      const lines = (begun + decoder.write(buffer.subarray(0, count))).split(
        '\n',
      );
      begun = lines.pop();
      lines.forEach(line => onLine(line));
    }
  };
  const timer = setInterval(read, POLL_MS);
  return () => {
    clearInterval(timer);
    read();
    closeSync(source);
    if (begun !== '') {
      onLine(begun);
    }
  };
}
