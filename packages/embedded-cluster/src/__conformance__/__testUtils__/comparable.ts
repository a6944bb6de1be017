import type { Answer, JsonRecord } from './Step';

/** Managers that are part of a real cluster and that ours may or may not have. */
const CONTROLLERS = ['kube-controller-manager'];
/** Written by those controllers, whenever they come to it. */
const CONTROLLER_ANNOTATIONS = [
  'deployment.kubernetes.io/revision',
  'batch.kubernetes.io/job-tracking',
];

/** Those that a Job's template gets; the Job itself shows them only once it was read back. */
const JOB_LABELS = [
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'controller-uid',
  'job-name',
];

/**
 * An answer without what differs from run to run: uids, versions, times,
 * addresses that were given out, and what controllers wrote meanwhile.
 *
 * @param before - resourceVersion before the request, to tell whether it changed anything
 */
export function comparable(
  { code, body }: Answer,
  options: {
    isWatched: boolean;
    isDeletion: boolean;
    before: string | undefined;
  },
): JsonRecord {
  const metadata = record(body.metadata);
  if (options.isDeletion && code < 400) {
    // Some kinds answer with what they were, others with a Status.
    return { code, isHeld: metadata.deletionTimestamp !== undefined };
  }
  if (body.kind === 'Status') {
    return { code, ...comparableStatus(body, code) };
  }
  return {
    code,
    ...(options.isWatched
      ? {}
      : { isChanged: metadata.resourceVersion !== options.before }),
    object: comparableObject(body, options.isWatched),
  };
}

function comparableStatus(body: JsonRecord, code: number): JsonRecord {
  if (code < 400) {
    return { status: body.status };
  }
  const { uid: _uid, causes, ...details } = record(body.details);
  return {
    status: body.status,
    reason: body.reason,
    message: comparableMessage(body),
    details,
    causes: (Array.isArray(causes) ? causes.map(record) : [])
      .map(cause => ({ ...cause, message: withoutNoise(`${cause.message}`) }))
      .filter(isFirst)
      .sort((one, other) =>
        JSON.stringify(one) < JSON.stringify(other) ? -1 : 1,
      ),
  };
}

/** The server names some causes as often as it comes across them. */
function isFirst<T>(cause: T, at: number, causes: readonly T[]): boolean {
  const text = JSON.stringify(cause);
  return causes.findIndex(one => JSON.stringify(one) === text) === at;
}

/** Of several causes the server makes one sentence, in an order of its own. */
function comparableMessage({ message, details }: JsonRecord): string {
  const { causes } = record(details);
  const text = withoutNoise(String(message));
  return Array.isArray(causes) && causes.length > 1
    ? text.replace(/ is invalid: \[.*\]$/s, ' is invalid: <causes>')
    : text;
}

/** Messages that quote whole objects do so in the order of Go's structures. */
function withoutNoise(message: string): string {
  return message
    .replace(/"\{\\".*\}": /gs, '<object>: ')
    .replace(
      /Invalid value: \{.*?\}: field is immutable/gs,
      'Invalid value: <object>: field is immutable',
    )
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>');
}

function comparableObject(object: JsonRecord, isWatched: boolean): JsonRecord {
  const {
    uid,
    resourceVersion: _version,
    creationTimestamp,
    managedFields,
    selfLink: _link,
    ...metadata
  } = record(object.metadata);
  const { status, ...rest } = object;
  const result: JsonRecord = {
    ...rest,
    metadata: {
      ...metadata,
      ...without(metadata, 'annotations', CONTROLLER_ANNOTATIONS),
      creationTimestamp: creationTimestamp === undefined ? 'none' : '<time>',
      ...(metadata.deletionTimestamp === undefined
        ? {}
        : { deletionTimestamp: '<time>' }),
      managedFields: comparableFields(managedFields),
    },
    ...(isWatched || status === undefined ? {} : { status }),
  };
  const spec = record(object.spec);
  if (object.kind === 'Service') {
    result.spec = comparableService(spec);
  }
  if (object.kind === 'Job') {
    result.metadata = {
      ...record(result.metadata),
      ...without(metadata, 'labels', JOB_LABELS),
    };
  }
  if (object.kind === 'Deployment') {
    // Its controller writes an annotation, which counts as a change of it.
    result.metadata = { ...record(result.metadata), generation: undefined };
  }
  // A Job's selector and labels hold its uid.
  const text = JSON.stringify(result);
  return JSON.parse(
    typeof uid === 'string' ? text.replaceAll(uid, '<uid>') : text,
  );
}

function comparableService(spec: JsonRecord): JsonRecord {
  const address = (value: unknown) =>
    value === undefined || value === 'None' || value === '' ? value : '<ip>';
  return {
    ...spec,
    ...('clusterIP' in spec ? { clusterIP: address(spec.clusterIP) } : {}),
    ...(Array.isArray(spec.clusterIPs)
      ? { clusterIPs: spec.clusterIPs.map(address) }
      : {}),
    ...(Array.isArray(spec.ports)
      ? {
          ports: spec.ports.map(record).map(port => ({
            ...port,
            ...('nodePort' in port ? { nodePort: '<port>' } : {}),
          })),
        }
      : {}),
  };
}

function comparableFields(entries: unknown): unknown {
  if (!Array.isArray(entries)) {
    return 'none';
  }
  return entries
    .map(record)
    .filter(({ manager }) => !CONTROLLERS.includes(String(manager)))
    .map(entry => ({
      ...entry,
      time: entry.time === undefined ? 'none' : '<time>',
    }))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function keyOf(entry: JsonRecord): string {
  const { manager, operation, apiVersion, subresource } = entry;
  return JSON.stringify([operation, manager, apiVersion, subresource ?? '']);
}

function without(
  metadata: JsonRecord,
  name: string,
  keys: readonly string[],
): JsonRecord {
  if (metadata[name] === undefined) {
    return {};
  }
  const rest = Object.fromEntries(
    Object.entries(record(metadata[name])).filter(
      ([key]) => !keys.includes(key),
    ),
  );
  return { [name]: Object.keys(rest).length === 0 ? undefined : rest };
}

function record(value: unknown): JsonRecord {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
