/** The scaling backend did not answer in time. */
export class SnapshotTimeoutError extends Error {
  readonly name = 'SnapshotTimeoutError';

  constructor(readonly seconds: number) {
    super(
      `The scaling backend did not answer within ${seconds} s. Check that Backstage's backend is running and reaches the cluster.`,
    );
  }
}
