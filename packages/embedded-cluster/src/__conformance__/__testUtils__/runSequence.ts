import type { Cluster, Request } from './Cluster';
import { comparable } from './comparable';
import { mergePatch } from '../../fields';
import { NAME } from './names';
import type { Answer, JsonRecord, RecordedSequence, Step } from './Step';
import type { Subject } from './Subject';

/** Runs the steps one by one, and removes the object at the end. */
export async function runSequence(
  cluster: Cluster,
  subject: Subject,
  steps: readonly Step[],
): Promise<RecordedSequence> {
  const { resource, isWatched } = subject;
  const answered: RecordedSequence['steps'] = [];
  try {
    for (const step of steps) {
      const last = await cluster.get(resource);
      const answer = await cluster.send(
        resource,
        requestOf(step, last, subject),
      );
      answered.push({
        step,
        answer: comparable(answer, {
          isWatched,
          isDeletion: step.verb === 'delete',
          before: versionOf(last),
        }),
      });
    }
  } finally {
    await remove(cluster, subject);
  }
  return { resource, steps: answered };
}

function requestOf(step: Step, last: Answer, subject: Subject): Request {
  if (step.verb !== 'edit') {
    return { ...step, verb: step.verb };
  }
  const { apiVersion, kind } = subject.resource;
  const { resourceVersion, ...metadata } = metadataOf(last.body);
  const object =
    last.code === 200
      ? {
          ...last.body,
          metadata: {
            ...metadata,
            // What controllers write in between would be a conflict.
            ...(subject.isWatched ? {} : { resourceVersion }),
          },
        }
      : { apiVersion, kind, metadata: { name: NAME } };
  return { ...step, verb: 'replace', body: mergePatch(object, step.body) };
}

async function remove(cluster: Cluster, { resource }: Subject): Promise<void> {
  const gone = { manager: 'cleanup' };
  await cluster.send(resource, {
    ...gone,
    verb: 'merge',
    body: { metadata: { finalizers: null } },
  });
  await cluster.send(resource, { ...gone, verb: 'delete' });
  const left = await cluster.get(resource);
  if (left.code !== 404) {
    throw new Error(
      `${resource.kind} is still there after its sequence: ${JSON.stringify(
        left.body,
      )}`,
    );
  }
}

function versionOf({ body }: Answer): string | undefined {
  const { resourceVersion } = metadataOf(body);
  return typeof resourceVersion === 'string' ? resourceVersion : undefined;
}

function metadataOf(body: JsonRecord): JsonRecord {
  return typeof body.metadata === 'object' && body.metadata !== null
    ? { ...body.metadata }
    : {};
}
