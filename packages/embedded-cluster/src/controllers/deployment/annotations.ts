import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

const PREFIX = 'deployment.kubernetes.io/';
export const REVISION = `${PREFIX}revision`;
export const REVISION_HISTORY = `${PREFIX}revision-history`;
export const DESIRED_REPLICAS = `${PREFIX}desired-replicas`;
export const MAX_REPLICAS = `${PREFIX}max-replicas`;
const HISTORY_LIMIT_CHARACTERS = 2000;

/** What a Deployment does not hand on to its ReplicaSets. */
const OWN = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);

type Annotations = Readonly<Record<string, string>>;

/** 0 where there is none. */
export function revisionOf({ metadata }: KubernetesObject): number {
  const revision = Number(metadata.annotations?.[REVISION] ?? 0);
  return Number.isInteger(revision) ? revision : 0;
}

/** A count that an annotation holds; undefined where it holds none. */
export function countIn(
  { metadata }: KubernetesObject,
  annotation: string,
): number | undefined {
  const text = metadata.annotations?.[annotation];
  const count = Number(text);
  return text === undefined || !Number.isInteger(count) ? undefined : count;
}

/**
 * Annotations of the ReplicaSet that a Deployment rolls out: those of the
 * Deployment, the revision, and the revisions that it had before.
 */
export function rolledOutAnnotations(
  deployment: KubernetesObject,
  present: Annotations,
  revision: number,
): Record<string, string> {
  const annotations: Record<string, string> = { ...present };
  for (const [key, value] of Object.entries(
    deployment.metadata.annotations ?? {},
  )) {
    if (!OWN.has(key)) {
      annotations[key] = value;
    }
  }
  const before = present[REVISION];
  if (before === undefined || Number(before) < revision) {
    annotations[REVISION] = String(revision);
    if (before !== undefined && before !== '') {
      annotations[REVISION_HISTORY] = historyWith(
        present[REVISION_HISTORY],
        before,
      );
    }
  }
  return annotations;
}

function historyWith(history: string | undefined, revision: string): string {
  const revisions = (history ?? '').split(',').filter(text => text !== '');
  revisions.push(revision);
  while (revisions.join(',').length > HISTORY_LIMIT_CHARACTERS) {
    revisions.shift();
  }
  return revisions.join(',');
}
