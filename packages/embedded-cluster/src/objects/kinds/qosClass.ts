import type { PodSpecFields } from './podTemplate';

const COUNTED = ['cpu', 'memory'] as const;

/** How gently a pod is treated when memory runs out. Expects a spec with defaults. */
export function qosClass({
  containers = [],
  initContainers = [],
}: PodSpecFields): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const resources = [...containers, ...initContainers].map(
    container => container.resources ?? {},
  );
  const asksNothing = resources.every(({ limits = {}, requests = {} }) =>
    COUNTED.every(name => !(name in limits) && !(name in requests)),
  );
  if (asksNothing) {
    return 'BestEffort';
  }
  const asksExactly = resources.every(({ limits = {}, requests = {} }) =>
    COUNTED.every(
      name => limits[name] !== undefined && limits[name] === requests[name],
    ),
  );
  return asksExactly ? 'Guaranteed' : 'Burstable';
}
