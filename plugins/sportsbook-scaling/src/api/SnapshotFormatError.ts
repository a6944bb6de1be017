/**
 * The backend's answer is not a scaling snapshot, as when card and backend are
 * of different versions.
 */
export class SnapshotFormatError extends Error {
  readonly name = 'SnapshotFormatError';

  /** @param problems - what is wrong, one `path: message` each */
  constructor(readonly entityRef: string, readonly problems: string[]) {
    super(
      `The scaling backend's answer for '${entityRef}' cannot be read (${problems.join(
        '; ',
      )}). Install the same version of the scaling plugin in app and backend.`,
    );
  }
}
