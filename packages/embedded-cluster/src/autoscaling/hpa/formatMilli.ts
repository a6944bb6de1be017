const SUFFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/**
 * Thousandths as Kubernetes prints a decimal quantity: whole numbers with the
 * largest suffix that loses nothing, everything else as `...m`.
 */
export function formatMilli(milli: number): string {
  if (milli % 1000 !== 0) {
    return `${milli}m`;
  }
  let whole = milli / 1000;
  let suffix = 0;
  while (whole !== 0 && whole % 1000 === 0 && suffix < SUFFIXES.length - 1) {
    whole /= 1000;
    suffix += 1;
  }
  return `${whole}${SUFFIXES[suffix]}`;
}
