import { promqlSelectors } from './promqlSelectors';

/** Names that metrics give the route of a request. */
const ROUTE_LABELS = ['uri', 'route', 'path', 'handler', 'endpoint', 'url'];
const PROBES = '/?(metrics|healthz?|readyz?|livez?|live|ready|actuator/.*)';

/**
 * Whether the requests that a query counts are in part the scrapes and probes
 * of the service itself, which grow with each replica.
 *
 * @returns PromQL that gives one value above 0 where they are; undefined where
 *   nothing can be asked
 */
export function ownProbesQuery(query: string): string | undefined {
  const [selector] = promqlSelectors(query);
  if (selector === undefined) {
    return undefined;
  }
  const { text } = selector;
  const open = text.endsWith('}')
    ? `${text.slice(0, -1).replace(/,?\s*$/, '')}${
        /\{\s*$/.test(text.slice(0, -1)) ? '' : ','
      }`
    : `${text}{`;
  return ROUTE_LABELS.map(
    label => `sum(${open}${label}=~"${PROBES}"}) > 0`,
  ).join(' or ');
}
