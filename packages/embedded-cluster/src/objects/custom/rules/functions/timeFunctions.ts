import type { Environment } from '@marcbachmann/cel-js';
import type { CelLibrary } from '../CelLibrary';

const TIME = 'google.protobuf.Timestamp';
const DURATION = 'google.protobuf.Duration';

/** Conversions of times that the library does not have. */
export function registerTimeFunctions(
  environment: Environment,
  { Environment: CelEnvironment }: CelLibrary,
): void {
  const duration = new CelEnvironment()
    .registerVariable('text', 'string')
    .parse('duration(text)');
  environment
    .registerFunction(`duration(int): ${DURATION}`, (nanoseconds: bigint) =>
      duration({ text: `${nanoseconds}ns` }),
    )
    .registerFunction(
      `duration(${DURATION}): ${DURATION}`,
      (same: unknown) => same,
    )
    .registerFunction(`timestamp(${TIME}): ${TIME}`, (same: unknown) => same)
    .registerFunction(`string(${DURATION}): string`, String)
    .registerFunction(`string(${TIME}): string`, (time: Date) =>
      time.toISOString().replace(/\.?0*Z$/, 'Z'),
    );
}
