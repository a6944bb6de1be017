/** What differs from cluster to cluster, or is looked at elsewhere. */
const LEFT_OUT = [
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'resourceVersion',
  'lastTransitionTime',
  'clusterIP',
  'clusterIPs',
  'nodePort',
  'managedFields',
];
const UID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
const ADDRESS = /10\.(?:96|43)\.\d+\.\d+/g;
const GENERATED_NAME = /^x-[a-z0-9]{5}$/;

/** An answer as it was recorded: without what differs each time, causes in order. */
export function comparable(answer: unknown): unknown {
  if (Array.isArray(answer)) {
    return answer.map(comparable);
  }
  if (typeof answer === 'string') {
    return answer
      .replace(UID, 'UID')
      .replace(ADDRESS, 'IP')
      .replace(GENERATED_NAME, 'x-generated');
  }
  if (typeof answer !== 'object' || answer === null) {
    return answer;
  }
  const entries = Object.entries(answer)
    .filter(([name, value]) => !LEFT_OUT.includes(name) && value !== undefined)
    .map(([name, value]) => [
      name.replace(UID, 'UID'),
      name === 'causes' ? sortedCauses(value) : comparable(value),
    ]);
  const result = Object.fromEntries(entries);
  // The message of several causes lists them in the order of a Go map.
  if (result.details?.causes?.length > 1) {
    delete result.message;
  }
  return result;
}

function sortedCauses(causes: unknown): unknown {
  return Array.isArray(causes)
    ? causes
        .map(comparable)
        .sort((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1))
    : causes;
}

function orderOf(cause: unknown): string {
  const { field, message } = cause as { field?: string; message?: string };
  return `${field} ${message}`;
}
