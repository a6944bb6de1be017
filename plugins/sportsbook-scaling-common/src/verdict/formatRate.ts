/** Below this rate, whole numbers would hide too much. */
const WHOLE_FROM_REQUESTS_PER_SECOND = 20;

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** `1,240`; one decimal below 20. Without its unit. */
export function formatRate(requestsPerSecond: number): string {
  return requestsPerSecond < WHOLE_FROM_REQUESTS_PER_SECOND
    ? tenths.format(requestsPerSecond)
    : whole.format(requestsPerSecond);
}

/** Steps that are shown, per request per second. */
function stepsPerUnit(requestsPerSecond: number): number {
  return requestsPerSecond < WHOLE_FROM_REQUESTS_PER_SECOND ? 10 : 1;
}

/** The first rate above the level that can be shown: `331` for 330. */
export function formatRateAbove(requestsPerSecond: number): string {
  const steps = stepsPerUnit(requestsPerSecond);
  return formatRate(
    (Math.floor(Number((requestsPerSecond * steps).toFixed(3))) + 1) / steps,
  );
}

/** The last rate at or below the level that can be shown: `899` for 899.999. */
export function formatRateAtMost(requestsPerSecond: number): string {
  const steps = stepsPerUnit(requestsPerSecond);
  return formatRate(
    Math.floor(Number((requestsPerSecond * steps).toFixed(3))) / steps,
  );
}
