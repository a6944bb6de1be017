import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../model/Clock';

const MAX_BYTES = 10 * 1024 * 1024;
/** A line without end would be kept in memory. */
const MAX_LINE_BYTES = 16 * 1024;

export type LogStream = 'stdout' | 'stderr';

/**
 * One run of a container, line by line with its time, as containers' logs are
 * written: `<time> stdout F <text>`, P instead of F where a line goes on.
 * Written at once: what a process said last is there when it has ended.
 */
export class ContainerLog {
  readonly path: string;
  readonly #clock: Clock;
  readonly #rest: Record<LogStream, Buffer> = {
    stdout: Buffer.alloc(0),
    stderr: Buffer.alloc(0),
  };
  readonly #listeners = new Set<() => void>();
  #file: number;
  #bytes: number;
  #ended = false;
  /** How often the file was put aside. */
  #rotations = 0;

  constructor(path: string, clock: Clock) {
    this.path = path;
    this.#clock = clock;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#file = openSync(path, 'a', 0o600);
    this.#bytes = fstatSync(this.#file).size;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get rotations(): number {
    return this.#rotations;
  }

  write(stream: LogStream, chunk: Buffer): void {
    let buffer =
      this.#rest[stream].length === 0
        ? chunk
        : Buffer.concat([this.#rest[stream], chunk]);
    const lines: string[] = [];
    for (;;) {
      const end = buffer.indexOf(0x0a);
      if (end < 0 && buffer.length < MAX_LINE_BYTES) {
        break;
      }
      const whole = end >= 0 && end <= MAX_LINE_BYTES;
      const length = whole ? end : MAX_LINE_BYTES;
      lines.push(this.#line(stream, whole, buffer.subarray(0, length)));
      buffer = buffer.subarray(whole ? end + 1 : length);
    }
    this.#rest[stream] = Buffer.from(buffer);
    this.#append(lines);
  }

  writeLine(line: string): void {
    this.write('stdout', Buffer.from(`${line}\n`));
  }

  end(): void {
    if (this.#ended) {
      return;
    }
    this.#append(
      (['stdout', 'stderr'] as const).flatMap(stream =>
        this.#rest[stream].length === 0
          ? []
          : [this.#line(stream, true, this.#rest[stream])],
      ),
    );
    this.#ended = true;
    closeSync(this.#file);
    this.#listeners.forEach(listener => listener());
  }

  /** Called after each write and at the end. @returns what ends it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #line(stream: LogStream, whole: boolean, text: Buffer): string {
    const time = new Date(this.#clock.now()).toISOString();
    return `${time} ${stream} ${whole ? 'F' : 'P'} ${text.toString('utf8')}\n`;
  }

  #append(lines: readonly string[]): void {
    if (lines.length === 0 || this.#ended) {
      return;
    }
    if (this.#bytes >= MAX_BYTES) {
      closeSync(this.#file);
      renameSync(this.path, rotatedLog(this.path));
      this.#file = openSync(this.path, 'a', 0o600);
      this.#bytes = 0;
      this.#rotations += 1;
    }
    this.#bytes += writeSync(this.#file, lines.join(''));
    this.#listeners.forEach(listener => listener());
  }
}

/** Where the file is put when it is full; the one before is lost. */
export function rotatedLog(path: string): string {
  return `${path}.1`;
}
