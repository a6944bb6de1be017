import Database from 'better-sqlite3';

/** One object as it lies on disk. */
export interface StoredRow {
  /** `<group>/<plural>`, whatever the version. */
  resource: string;
  /** Empty for cluster-scoped objects. */
  namespace: string;
  name: string;
  /** resourceVersion of the write that made it so. */
  version: number;
  /** JSON, without `metadata.resourceVersion`. */
  body: string;
}

const LAYOUT_VERSION = 1;

const LAYOUT = `
  CREATE TABLE objects (
    resource TEXT NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (resource, namespace, name)
  ) WITHOUT ROWID;
  CREATE TABLE deletions (version INTEGER NOT NULL);
  INSERT INTO deletions VALUES (0);
  PRAGMA user_version = ${LAYOUT_VERSION};
`;

/**
 * The file under the cluster. Each write is one transaction that has reached
 * the operating system when the call returns: killing this process at any
 * moment loses none. (A machine that loses power may lose the last ones; what
 * remains is consistent.)
 */
export class ObjectDatabase {
  readonly #database: Database.Database;
  readonly #put: Database.Statement;
  readonly #remove: (
    resource: string,
    namespace: string,
    name: string,
    version: number,
  ) => void;

  constructor(path: string) {
    this.#database = new Database(path);
    this.#database.pragma('journal_mode = WAL');
    this.#database.pragma('synchronous = NORMAL');
    const layout = this.#database.pragma('user_version', { simple: true });
    if (layout === 0) {
      this.#database.transaction(() => this.#database.exec(LAYOUT))();
    } else if (layout !== LAYOUT_VERSION) {
      this.#database.close();
      throw new Error(
        `${path} was written by another version of the embedded cluster (layout ${layout}, this one reads ${LAYOUT_VERSION}): remove the folder to begin anew`,
      );
    }
    this.#put = this.#database.prepare(
      'INSERT OR REPLACE INTO objects (resource, namespace, name, version, body) VALUES (?, ?, ?, ?, ?)',
    );
    const remove = this.#database.prepare(
      'DELETE FROM objects WHERE resource = ? AND namespace = ? AND name = ?',
    );
    const remember = this.#database.prepare('UPDATE deletions SET version = ?');
    this.#remove = this.#database.transaction(
      (resource: string, namespace: string, name: string, version: number) => {
        remove.run(resource, namespace, name);
        remember.run(version);
      },
    );
  }

  rows(): IterableIterator<StoredRow> {
    return this.#database
      .prepare<[], StoredRow>(
        'SELECT resource, namespace, name, version, body FROM objects',
      )
      .iterate();
  }

  /** The highest version that any write ever had, deletions included. */
  latestVersion(): number {
    const row = this.#database
      .prepare<[], { version: number }>(
        'SELECT MAX((SELECT COALESCE(MAX(version), 0) FROM objects), (SELECT version FROM deletions)) AS version',
      )
      .get();
    return row?.version ?? 0;
  }

  put({ resource, namespace, name, version, body }: StoredRow): void {
    this.#put.run(resource, namespace, name, version, body);
  }

  remove(
    resource: string,
    namespace: string,
    name: string,
    version: number,
  ): void {
    this.#remove(resource, namespace, name, version);
  }

  close(): void {
    this.#database.close();
  }
}
