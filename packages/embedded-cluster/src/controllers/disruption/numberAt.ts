/** A number at a path such as `.spec.replicas`; undefined where there is none. */
export function numberAt(object: object, path: string): number | undefined {
  let value: unknown = object;
  for (const field of path.split('.').filter(part => part !== '')) {
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([key]) => key === field)?.[1]
        : undefined;
  }
  return typeof value === 'number' ? value : undefined;
}
