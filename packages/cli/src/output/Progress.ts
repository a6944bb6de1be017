import { styleText } from 'node:util';

/** What is being done, for people who look on. */
export interface Progress {
  /** What has begun, or come to pass. */
  step(line: string): void;
  /** What people should read although the run goes on. */
  warn(line: string): void;
  /** Leaves the terminal as the next program expects it. */
  end(): void;
}

/** The part of a stream that progress needs. */
export interface ProgressStream {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const CLEAR_LINE = '\r\u001b[2K';
const TICK_MILLISECONDS = 1_000;

class LiveProgress implements Progress {
  readonly #stream: ProgressStream;
  readonly #colour: boolean;
  readonly #ticks: NodeJS.Timeout;
  #line = '';
  #since = performance.now();

  constructor(stream: ProgressStream, colour: boolean) {
    this.#stream = stream;
    this.#colour = colour;
    this.#ticks = setInterval(() => this.#draw(), TICK_MILLISECONDS).unref();
  }

  step(line: string): void {
    // Several lines have no place on one that is written over.
    this.#line = line.split('\n')[0];
    this.#since = performance.now();
    this.#draw();
  }

  warn(line: string): void {
    const text = this.#colour
      ? styleText('yellow', 'Warning:', { validateStream: false })
      : 'Warning:';
    this.#stream.write(`${CLEAR_LINE}${text} ${line}\n`);
    this.#draw();
  }

  end(): void {
    clearInterval(this.#ticks);
    this.#stream.write(CLEAR_LINE);
  }

  #draw(): void {
    if (this.#line === '') {
      return;
    }
    const seconds = Math.floor((performance.now() - this.#since) / 1000);
    const text = `${this.#line}${seconds < 1 ? '' : ` (${seconds} s)`}`;
    const width = Math.max(20, (this.#stream.columns ?? 80) - 1);
    const shown = text.length > width ? `${text.slice(0, width - 1)}…` : text;
    this.#stream.write(
      `${CLEAR_LINE}${
        this.#colour
          ? styleText('dim', shown, { validateStream: false })
          : shown
      }`,
    );
  }
}

/**
 * On a terminal the last line says what is being done and for how long;
 * elsewhere each step is a line.
 */
export function createProgress(
  stream: ProgressStream,
  options: { colour: boolean },
): Progress {
  return stream.isTTY
    ? new LiveProgress(stream, options.colour)
    : {
        step: line => stream.write(`${line}\n`),
        warn: line => stream.write(`Warning: ${line}\n`),
        end: () => {},
      };
}
