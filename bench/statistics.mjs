/** The value that `share` of all values do not exceed; 0.5 is the median. */
export function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  const at = Math.ceil(share * sorted.length) - 1;
  return sorted[Math.min(Math.max(at, 0), sorted.length - 1)];
}

export function median(values) {
  return quantile(values, 0.5);
}
