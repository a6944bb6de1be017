import type { RecordedSeries } from './recordedSamples';

/** When and how the answers were asked for. Times in seconds since 1970. */
export const START_SECONDS = Date.UTC(2026, 10, 24) / 1000;
const minutes = (count: number) => START_SECONDS + count * 60;
export const INSTANTS: readonly number[] = [
  minutes(5),
  minutes(12) + 3.5,
  minutes(17) + 31.25,
  minutes(21) + 0.001,
  minutes(33),
];
export const RANGE = {
  start: minutes(9) + 2.5,
  end: minutes(22),
  step: 30,
} as const;

/** `data` of Prometheus' answer, with what it says beside it. */
export interface RecordedAnswer {
  query: string;
  /** Absent for a range query, which is over `RANGE`. */
  time?: number;
  code: number;
  body: unknown;
}

export interface Recording {
  /** Version of the Prometheus that answered. */
  version: string;
  samples: RecordedSeries[];
  answers: RecordedAnswer[];
}
