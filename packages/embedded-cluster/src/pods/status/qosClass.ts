import type { PodObject } from '../podObject';

const COUNTED = ['cpu', 'memory'];

/** As the API server has it: by requests and limits of processor and memory. */
export function qosClass({
  spec,
}: PodObject): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const all = [...spec.initContainers, ...spec.containers].map(
    ({ resources }) => resources,
  );
  const says = COUNTED.map(name =>
    all.map(({ limits, requests }) => ({
      limit: limits?.[name],
      request: requests?.[name] ?? limits?.[name],
    })),
  ).flat();
  if (
    says.every(
      ({ limit, request }) => limit === undefined && request === undefined,
    )
  ) {
    return 'BestEffort';
  }
  return says.every(
    ({ limit, request }) =>
      limit !== undefined && String(limit) === String(request),
  )
    ? 'Guaranteed'
    : 'Burstable';
}
