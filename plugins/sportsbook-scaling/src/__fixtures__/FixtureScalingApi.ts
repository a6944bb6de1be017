import type { ScalingSnapshot } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ScalingApi } from '../api';

/** What a fixture answers to the n-th question (from 0) about an entity. */
export type Respond = (
  question: number,
  options: { signal?: AbortSignal },
) => Promise<ScalingSnapshot>;

/** A {@link ScalingApi} that answers by script and remembers what it was asked. */
export class FixtureScalingApi implements ScalingApi {
  readonly questions: { entityRef: string; signal?: AbortSignal }[] = [];

  constructor(private readonly scripts: Record<string, Respond>) {}

  async getSnapshot(
    entityRef: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<ScalingSnapshot> {
    const question = this.questions.filter(
      asked => asked.entityRef === entityRef,
    ).length;
    this.questions.push({ entityRef, signal: options.signal });
    const respond = this.scripts[entityRef];
    if (respond === undefined) {
      throw new Error(`No script for '${entityRef}'`);
    }
    return await respond(question, options);
  }
}

/** Answers the same each time. */
export function always(snapshot: ScalingSnapshot): Respond {
  return async () => snapshot;
}

/** Leaves every question open until it is aborted. */
export const never: Respond = (_question, { signal }) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
