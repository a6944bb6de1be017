import { META } from '../discovery/metaLabels';
import type { ScrapeTarget } from './scrapeTarget';

/** By role of the discovery that found the target. */
const READY_LABELS = [
  `${META}endpointslice_endpoint_conditions_ready`,
  `${META}endpoint_ready`,
];

/** Whether discovery knows that the target's pod is not ready yet; Prometheus scrapes it all the same. */
export function saysNotReady({ discoveredLabels }: ScrapeTarget): boolean {
  return READY_LABELS.some(label => discoveredLabels.get(label) === 'false');
}
