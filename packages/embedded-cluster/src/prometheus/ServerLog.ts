import type { Clock } from '../model/Clock';

type Fields = Readonly<Record<string, string | number>>;

function quote(value: string): string {
  return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

/** Lines as Prometheus logs them: `time=... level=INFO msg="..." key=value`. */
export class ServerLog {
  readonly #clock: Clock;
  readonly #write: (line: string) => void;

  constructor(clock: Clock, write: (line: string) => void) {
    this.#clock = clock;
    this.#write = write;
  }

  info(message: string, fields: Fields = {}): void {
    this.#line('INFO', message, fields);
  }

  warn(message: string, fields: Fields = {}): void {
    this.#line('WARN', message, fields);
  }

  error(message: string, fields: Fields = {}): void {
    this.#line('ERROR', message, fields);
  }

  #line(level: string, message: string, fields: Fields): void {
    const time = new Date(this.#clock.now()).toISOString();
    const rest = Object.entries(fields).map(
      ([key, value]) => ` ${key}=${quote(String(value))}`,
    );
    this.#write(
      `time=${time} level=${level} msg=${JSON.stringify(message)}${rest.join(
        '',
      )}`,
    );
  }
}
