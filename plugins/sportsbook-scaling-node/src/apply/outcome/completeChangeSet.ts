import { KubernetesClient } from '../../ports/KubernetesClient';
import { ChangeSet, ChangeSetEntry } from '../../model/ChangeSet';
import { objectKey } from '../../model/objectKey';
import { compareWithCluster } from '../compareWithCluster';
import { describeRefusal } from '../describeRefusal';
import { mapInFlight } from '../mapInFlight';
import { ResolvedObject } from '../ResolvedObject';
import { WriteChoices } from '../WriteChoices';
import { JournalEntry, WriteJournal } from './WriteJournal';

/** For all look-ups after an answer was lost; the client tries again within it. */
const LOOK_UP_SECONDS = 45;

const NOT_ASKED = 'the answer to its write was lost';

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Looks at an object whose write was sent and never answered: where a dry run
 * of the same finds nothing to do, the write has arrived.
 */
async function lookUp(
  object: ResolvedObject,
  entry: JournalEntry,
  options: {
    journal: WriteJournal;
    client: KubernetesClient;
    choices: WriteChoices;
    signal: AbortSignal;
  },
): Promise<Pick<ChangeSetEntry, 'action' | 'reason' | 'uid'>> {
  try {
    const { client, choices, signal } = options;
    const { live, entry: now } = await compareWithCluster({
      client,
      object,
      choices,
      signal,
    });
    if (now.action !== 'unchanged' || live === undefined) {
      return {
        action: 'failed',
        reason: `${NOT_ASKED}, and it has not arrived`,
      };
    }
    options.journal.settle(object.ref, live);
    const isNew = entry.before === undefined;
    return {
      action: isNew ? 'created' : 'configured',
      uid: live.metadata.uid,
      reason: `${NOT_ASKED}; it has arrived`,
    };
  } catch (error) {
    return {
      action: 'unknown',
      reason: `${NOT_ASKED}, and looking again failed: ${messageOf(error)}`,
    };
  }
}

async function outcomeOf(
  object: ResolvedObject,
  options: {
    journal: WriteJournal;
    client: KubernetesClient;
    stopped: string;
    choices: WriteChoices;
    signal: AbortSignal;
  },
): Promise<Pick<ChangeSetEntry, 'action' | 'reason' | 'uid'>> {
  const entry = options.journal.entry(object.ref);
  const write = entry?.write;
  if (entry !== undefined && write?.status === 'lost') {
    return lookUp(object, entry, options);
  }
  if (write?.status === 'done') {
    const isNew = entry?.before === undefined;
    return {
      action: isNew ? 'created' : 'configured',
      uid: write.object.metadata.uid,
    };
  }
  if (entry?.refusal !== undefined) {
    return {
      action: 'failed',
      reason: describeRefusal(object.ref, entry.refusal),
    };
  }
  return { action: 'skipped', reason: options.stopped };
}

/**
 * What was done to every object of a run that stopped half-way: after what the
 * run itself recorded, the objects that failed, that nobody knows of, and that
 * were not reached.
 */
export async function completeChangeSet(options: {
  objects: ResolvedObject[];
  /** What the run recorded. */
  recorded: ChangeSet;
  journal: WriteJournal;
  /** Where lost answers are looked up. */
  client: KubernetesClient;
  /** Of objects that were not reached. */
  stopped: string;
  choices: WriteChoices;
}): Promise<ChangeSet> {
  const { objects, recorded } = options;
  const known = new Set(recorded.map(({ ref }) => objectKey(ref)));
  const rest = objects
    .filter(({ ref }) => !known.has(objectKey(ref)))
    .sort((a, b) => a.stage - b.stage);
  const signal = AbortSignal.timeout(LOOK_UP_SECONDS * 1000);
  const outcomes = await mapInFlight(rest, async object => ({
    ref: object.ref,
    file: object.source.file,
    line: object.source.line,
    warnings: [],
    ...(await outcomeOf(object, { ...options, signal })),
  }));
  const order = ['created', 'configured', 'failed', 'unknown'];
  const rank = ({ action }: ChangeSetEntry) =>
    order.includes(action) ? order.indexOf(action) : order.length;
  return [...recorded, ...outcomes.sort((a, b) => rank(a) - rank(b))];
}

/** The change set of a run that the preflight refused: nothing was written. */
export function refusedChangeSet(
  objects: ResolvedObject[],
  reasonFor: (object: ResolvedObject) => string | undefined,
): ChangeSet {
  return objects.map(object => {
    const reason = reasonFor(object);
    return {
      ref: object.ref,
      file: object.source.file,
      line: object.source.line,
      action: reason === undefined ? 'skipped' : 'failed',
      reason: reason ?? 'nothing was written, because of other objects',
      warnings: [],
    };
  });
}
