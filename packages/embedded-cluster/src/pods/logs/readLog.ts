import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
} from 'node:fs';
import type { LogRequest } from '../../ports/PodLogs';
import { type ContainerLog, rotatedLog } from './ContainerLog';

export interface ReadLogOptions {
  path: string;
  request: Pick<
    LogRequest,
    'tailLines' | 'sinceSeconds' | 'sinceTime' | 'timestamps' | 'limitBytes'
  >;
  /** Set: goes on with what is written until it ends. */
  follow?: ContainerLog;
  nowMilliseconds: number;
  signal: AbortSignal;
}

/** A run's log as `kubectl logs` prints it. */
export async function* readLog({
  path,
  request,
  follow,
  nowMilliseconds,
  signal,
}: ReadLogOptions): AsyncGenerator<string> {
  const since = sinceMilliseconds(request, nowMilliseconds);
  let left = request.limitBytes ?? Infinity;
  const cut = (text: string) => {
    const bytes = Buffer.from(text);
    const part = bytes.length <= left ? text : bytes.toString('utf8', 0, left);
    left -= bytes.length;
    return part;
  };
  const print = (line: string) => printed(line, request.timestamps ?? false);

  let rotations = follow?.rotations ?? 0;
  const current = readFrom(path, 0);
  let offset = current.end;
  let lines = [
    ...splitLines(readOrNothing(rotatedLog(path))),
    ...current.lines,
  ];
  if (since !== undefined) {
    lines = lines.filter(
      line => Date.parse(line.slice(0, line.indexOf(' '))) >= since,
    );
  }
  if (request.tailLines !== undefined) {
    lines = lastLines(lines, request.tailLines);
  }
  if (lines.length > 0) {
    yield cut(lines.map(print).join(''));
  }
  while (follow && left > 0 && !signal.aborted) {
    const wasEnded = follow.ended;
    const fresh: string[] = [];
    if (follow.rotations !== rotations) {
      fresh.push(...readFrom(rotatedLog(path), offset).lines);
      rotations = follow.rotations;
      offset = 0;
    }
    const read = readFrom(path, offset);
    offset = read.end;
    fresh.push(...read.lines);
    if (fresh.length > 0) {
      yield cut(fresh.map(print).join(''));
    } else if (wasEnded) {
      return;
    } else {
      await changed(follow, signal);
    }
  }
}

function sinceMilliseconds(
  { sinceSeconds, sinceTime }: ReadLogOptions['request'],
  now: number,
): number | undefined {
  if (sinceSeconds !== undefined) {
    return now - sinceSeconds * 1_000;
  }
  return sinceTime === undefined ? undefined : Date.parse(sinceTime);
}

/** `<time> <stream> <F or P> <text>`; a part has no line end of its own. */
function printed(line: string, timestamps: boolean): string {
  const time = line.indexOf(' ');
  const stream = line.indexOf(' ', time + 1);
  const flag = line[stream + 1];
  const text = line.slice(stream + 3);
  return `${timestamps ? `${line.slice(0, time)} ` : ''}${text}${
    flag === 'P' ? '' : '\n'
  }`;
}

/** Whole lines are counted, however many parts they have. */
function lastLines(lines: readonly string[], count: number): string[] {
  let whole = 0;
  let first = lines.length;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const isPart = / std(?:out|err) P /.test(lines[index].slice(0, 48));
    if (!isPart) {
      whole += 1;
    }
    if (whole > count) {
      break;
    }
    first = index;
  }
  return lines.slice(first);
}

function readFrom(
  path: string,
  offset: number,
): { lines: string[]; end: number } {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return { lines: [], end: offset };
  }
  try {
    const { size } = fstatSync(file);
    const buffer = Buffer.alloc(Math.max(size - offset, 0));
    const length = readSync(file, buffer, 0, buffer.length, offset);
    // Lines are written whole, so that the last one is whole as well.
    return {
      lines: splitLines(buffer.toString('utf8', 0, length)),
      end: offset + length,
    };
  } finally {
    closeSync(file);
  }
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function splitLines(text: string): string[] {
  return text.split('\n').filter(line => line !== '');
}

function changed(log: ContainerLog, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const listening = { end: () => {} };
    const done = () => {
      listening.end();
      signal.removeEventListener('abort', done);
      resolve();
    };
    listening.end = log.onChange(done);
    signal.addEventListener('abort', done, { once: true });
  });
}
