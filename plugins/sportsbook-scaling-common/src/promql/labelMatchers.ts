const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * A PromQL selector's braces with equality matchers, values escaped.
 *
 * @throws RangeError for a label name that PromQL does not allow
 */
export function labelMatchers(labels: Record<string, string>): string {
  const matchers = Object.entries(labels).map(([name, value]) => {
    if (!LABEL_NAME.test(name)) {
      throw new RangeError(`'${name}' is not a PromQL label name`);
    }
    return `${name}=${JSON.stringify(value)}`;
  });
  return `{${matchers.join(',')}}`;
}
