import {
  formatObjectRef,
  KubernetesObject,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { DeleteFailedError } from '../../errors/DeleteFailedError';
import { ChangeSet, ChangeSetEntry } from '../../model/ChangeSet';
import { objectKey } from '../../model/objectKey';
import { deleteObjects } from '../deleteObjects';
import { isAnswer } from '../outcome/isAnswer';
import { PlanContext } from '../PlanContext';
import { parentRefOf } from './ApplySet';
import {
  OpenedApplySet,
  prunedBy,
  reachAfter,
  reasonToKeep,
} from './openApplySet';
import { reachOf, unionOf } from './parentObject';
import { writeParent } from './writeParent';

/** Leftovers as a plan, or a finished run, tells of them. */
export function leftoverEntries(opened: OpenedApplySet): ChangeSet {
  return opened.leftovers.map(member => {
    const { ref, uid } = member;
    const reason = reasonToKeep(opened, member);
    return reason === undefined
      ? {
          ref,
          uid,
          action: 'deleted',
          reason: 'no longer in the manifests',
          warnings: [],
        }
      : { ref, uid, action: 'skipped', reason, warnings: [] };
  });
}

/** What a run does for its set besides applying its objects. */
export class ApplySetRun {
  readonly #context: PlanContext;
  readonly #opened: OpenedApplySet;
  readonly #changeSet: ChangeSet;
  readonly #onProgress?: (line: string) => void;
  readonly #changes: boolean;
  #parent: KubernetesObject | undefined;
  #isBegun = false;

  constructor(options: {
    context: PlanContext;
    opened: OpenedApplySet;
    /** Whether any object differs from its manifest. */
    changes: boolean;
    /** Gets what was done. */
    changeSet: ChangeSet;
    onProgress?: (line: string) => void;
  }) {
    const { context, opened, changeSet, onProgress } = options;
    this.#context = context;
    this.#opened = opened;
    this.#changeSet = changeSet;
    this.#onProgress = onProgress;
    this.#changes = options.changes || prunedBy(opened).length > 0;
    this.#parent =
      opened.parent.status === 'read' ? opened.parent.value : undefined;
  }

  /** Index of the first stage that may be written after {@link begin}. */
  get firstStage(): number {
    const { objects } = this.#context;
    const { namespace } = this.#opened.set;
    return objects.some(
      ({ ref }) =>
        ref.apiVersion === 'v1' &&
        ref.kind === 'Namespace' &&
        ref.name === namespace,
    ) && this.#parent === undefined
      ? 1
      : 0;
  }

  /**
   * Before any member is written, the parent says where members may be: a run
   * that ends half-way leaves none that nobody finds.
   */
  async begin(): Promise<void> {
    if (this.#isBegun) {
      return;
    }
    this.#isBegun = true;
    const stored = this.#parent;
    await this.#writeParent(
      unionOf(
        reachAfter(this.#opened, this.#wanted(), { pruned: false }),
        ...(stored === undefined ? [] : [reachOf(stored)]),
      ),
    );
  }

  /** After everything was applied: removes what is left over, then lets the parent say no more than is true. */
  async finish(): Promise<void> {
    const pruned = await this.#prune();
    await this.#writeParent(
      reachAfter(this.#opened, this.#wanted(), { pruned }),
    );
  }

  #wanted() {
    return this.#context.objects
      .filter(({ isOfPlatform }) => !isOfPlatform)
      .map(({ ref }) => ref);
  }

  async #prune(): Promise<boolean> {
    const { client, granted, signal } = this.#context;
    const candidates = prunedBy(this.#opened);
    const kept = leftoverEntries(this.#opened).filter(
      ({ action }) => action === 'skipped',
    );
    kept.forEach(({ ref, reason }) =>
      this.#onProgress?.(`skipped ${formatObjectRef(ref)}: ${reason}`),
    );
    this.#changeSet.push(...kept);
    if (candidates.length === 0) {
      return true;
    }
    this.#onProgress?.(
      `Pruning ${candidates.length} of the set that the manifests no longer have`,
    );
    const record = (deleted: ChangeSet) =>
      this.#changeSet.push(
        ...deleted.map(entry =>
          entry.action === 'deleted'
            ? { ...entry, reason: 'no longer in the manifests' }
            : entry,
        ),
      );
    try {
      record(
        await deleteObjects({
          client,
          objects: candidates,
          granted,
          evenForeign: true,
          onProgress: this.#onProgress,
          signal,
        }),
      );
    } catch (error) {
      if (error instanceof DeleteFailedError) {
        record(error.changeSet);
      }
      throw error;
    }
    return true;
  }

  async #writeParent(reach: Parameters<typeof writeParent>[0]['reach']) {
    const { client, signal } = this.#context;
    try {
      const { parent, entry } = await writeParent({
        client,
        set: this.#opened.set,
        stored: this.#parent,
        reach,
        changes: this.#changes,
        signal,
      });
      this.#parent = parent;
      this.#record(entry);
    } catch (error) {
      this.#record({
        ref: parentRefOf(this.#opened.set),
        action: isAnswer(error) ? 'failed' : 'unknown',
        reason: error instanceof Error ? error.message : String(error),
        warnings: [],
      });
      throw error;
    }
  }

  /** One entry for both writes: what was made stays `created`. */
  #record(entry: ChangeSetEntry): void {
    const key = objectKey(entry.ref);
    const index = this.#changeSet.findIndex(
      ({ ref }) => objectKey(ref) === key,
    );
    if (index < 0) {
      this.#changeSet.push(entry);
    } else if (this.#changeSet[index].action === 'unchanged') {
      this.#changeSet[index] = entry;
    }
  }
}
