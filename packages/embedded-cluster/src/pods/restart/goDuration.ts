/** Whole seconds as Go writes them: `10s`, `2m40s`, `5m0s`. */
export function goDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return `${hours > 0 ? `${hours}h` : ''}${
    minutes > 0 ? `${minutes % 60}m` : ''
  }${seconds % 60}s`;
}
