const SECONDS = { s: 1, m: 60, h: 3600 } as const;
const DURATION = /^(\d+(?:\.\d+)?)([smh]?)$/;

/** `90`, `90s`, `5m` and `1h` in seconds; undefined for what is no duration above 0. */
export function parseDurationSeconds(text: string): number | undefined {
  const parts = DURATION.exec(text);
  if (parts === null) {
    return undefined;
  }
  const unit = parts[2];
  const factor = unit === 'm' || unit === 'h' ? SECONDS[unit] : SECONDS.s;
  const seconds = Number(parts[1]) * factor;
  return seconds > 0 ? seconds : undefined;
}
