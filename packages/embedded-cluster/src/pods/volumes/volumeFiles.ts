import { posix } from 'node:path';
import type { Clock } from '../../model/Clock';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { IssueToken } from '../../ports/TokenIssuer';
import { configData, type ConfigRef } from '../containers/configData';
import { fieldValue, resourceValue } from '../containers/fieldValue';
import type { PodObject, Volume } from '../podObject';

export interface VolumeFile {
  content: Buffer;
  mode: number;
}

export interface VolumeFilesOptions {
  objects: ClusterObjects;
  clock: Clock;
  pod: PodObject;
  podIP: string;
  /** Absent: volumes with tokens are refused. */
  issueToken?: IssueToken;
}

/** Files of a volume by their path below it, and when they should be made again because a token ends. */
export interface VolumeContent {
  files: Map<string, VolumeFile>;
  renewAt?: number;
}

type Items =
  | readonly { key: string; path: string; mode?: number }[]
  | undefined;
type Downward = NonNullable<Volume['downwardAPI']>['items'];

/** Kinds of volumes whose files are made from objects. */
export function isMadeOfObjects(volume: Volume): boolean {
  return Boolean(
    volume.configMap ?? volume.secret ?? volume.downwardAPI ?? volume.projected,
  );
}

/** @throws Error as the kubelet words it behind "MountVolume.SetUp failed for volume ..." */
export async function volumeFiles(
  volume: Volume,
  options: VolumeFilesOptions,
): Promise<VolumeContent> {
  const content: VolumeContent = { files: new Map() };
  const { configMap, secret, downwardAPI, projected } = volume;
  const mode =
    (configMap ?? secret ?? downwardAPI ?? projected)?.defaultMode ?? 0o644;
  if (configMap) {
    addConfig(content, options, { kind: 'ConfigMap', ...configMap, mode });
  }
  if (secret) {
    const { secretName: name, ...rest } = secret;
    addConfig(content, options, { kind: 'Secret', name, ...rest, mode });
  }
  addDownward(content, options, downwardAPI?.items ?? [], mode);
  for (const source of projected?.sources ?? []) {
    if (source.configMap) {
      addConfig(content, options, {
        kind: 'ConfigMap',
        ...source.configMap,
        mode,
      });
    }
    if (source.secret) {
      addConfig(content, options, { kind: 'Secret', ...source.secret, mode });
    }
    addDownward(content, options, source.downwardAPI?.items ?? [], mode);
    if (source.serviceAccountToken) {
      await addToken(content, options, source.serviceAccountToken);
    }
  }
  return content;
}

function addConfig(
  content: VolumeContent,
  { objects, pod }: VolumeFilesOptions,
  from: {
    kind: ConfigRef['kind'];
    name: string;
    items?: Items;
    optional: boolean;
    mode: number;
  },
): void {
  const { kind, name, items, optional, mode } = from;
  const data = configData(objects, {
    kind,
    name,
    namespace: pod.metadata.namespace,
  });
  if (!data) {
    if (optional) {
      return;
    }
    throw new Error(`${kind.toLowerCase()} "${name}" not found`);
  }
  if (!items) {
    for (const [key, value] of data) {
      put(content, key, { content: value, mode });
    }
    return;
  }
  for (const item of items) {
    const value = data.get(item.key);
    if (value !== undefined) {
      put(content, item.path, { content: value, mode: item.mode ?? mode });
    } else if (!optional) {
      throw new Error(
        `references non-existent ${
          kind === 'Secret' ? 'secret' : 'config'
        } key: ${item.key}`,
      );
    }
  }
}

function addDownward(
  content: VolumeContent,
  { pod, podIP }: VolumeFilesOptions,
  items: Downward,
  defaultMode: number,
): void {
  for (const { path, fieldRef, resourceFieldRef, mode } of items) {
    const container = [...pod.spec.containers, ...pod.spec.initContainers].find(
      ({ name }) => name === resourceFieldRef?.containerName,
    );
    let text = '';
    if (fieldRef) {
      text = fieldValue(pod, podIP, fieldRef.fieldPath);
    } else if (container && resourceFieldRef) {
      text = resourceValue(container, resourceFieldRef);
    }
    put(content, path, {
      content: Buffer.from(text),
      mode: mode ?? defaultMode,
    });
  }
}

/** Tokens are renewed when a fifth of their time is left, as by the kubelet. */
const RENEW_AFTER = 0.8;

async function addToken(
  content: VolumeContent,
  { clock, pod, issueToken }: VolumeFilesOptions,
  wanted: { audience?: string; expirationSeconds: number; path: string },
): Promise<void> {
  if (!issueToken) {
    throw new Error('nobody here issues ServiceAccount tokens');
  }
  const { name, namespace, uid } = pod.metadata;
  const issuedAt = clock.now();
  const { token, expirationTimestamp } = await issueToken({
    namespace,
    serviceAccount: pod.spec.serviceAccountName,
    expirationSeconds: wanted.expirationSeconds,
    ...(wanted.audience === undefined ? {} : { audiences: [wanted.audience] }),
    boundTo: { kind: 'Pod', apiVersion: 'v1', name, uid },
  });
  const renewAt =
    issuedAt + (Date.parse(expirationTimestamp) - issuedAt) * RENEW_AFTER;
  content.renewAt = Math.min(content.renewAt ?? Infinity, renewAt);
  put(content, wanted.path, { content: Buffer.from(token), mode: 0o600 });
}

function put(content: VolumeContent, path: string, file: VolumeFile): void {
  const clean = posix.normalize(path);
  if (
    clean === '.' ||
    clean.startsWith('/') ||
    clean.split('/').includes('..')
  ) {
    throw new Error(`invalid path of a file in the volume: ${path}`);
  }
  content.files.set(clean, file);
}
