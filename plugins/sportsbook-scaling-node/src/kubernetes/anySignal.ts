/** Aborts with the first of the signals that are given. */
export function anySignal(
  ...signals: (AbortSignal | undefined)[]
): AbortSignal {
  return AbortSignal.any(signals.filter(signal => signal !== undefined));
}
