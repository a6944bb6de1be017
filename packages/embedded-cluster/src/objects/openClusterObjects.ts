import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../model/Clock';
import type { Admission } from '../ports/Admission';
import { builtInTypes } from '../schema';
import { bootstrap } from './bootstrap/bootstrap';
import { createCustomKinds } from './custom/CustomKinds';
import { DefinitionServer } from './definitions/DefinitionServer';
import { expireEvents } from './events/expireEvents';
import { rulesOf } from './kinds/rulesOf';
import type { EventLogLimits } from './store/EventLog';
import { ObjectDatabase } from './store/ObjectDatabase';
import { ObjectStore } from './store/ObjectStore';
import { StoredClusterObjects } from './StoredClusterObjects';
import { TypeRegistry } from './types/TypeRegistry';

export interface OpenClusterObjectsOptions {
  /** Holds `cluster.sqlite`; made where it is missing. Only one process may have it open. */
  directory: string;
  clock: Clock;
  /** Asked in order before each write; more may be added later. */
  admission?: Admission[];
  /** What a watcher or a rule did wrong. Default: a line on stderr. */
  log?: (line: string) => void;
  /** How much of the past watches may ask for. */
  history?: EventLogLimits;
}

/**
 * Opens the cluster's objects. A directory without any begins as a fresh
 * cluster does: with its namespaces, its roles and the Service `kubernetes`.
 */
export async function openClusterObjects(
  options: OpenClusterObjectsOptions,
): Promise<StoredClusterObjects> {
  const {
    directory,
    clock,
    admission = [],
    log = line => process.stderr.write(`${line}\n`),
  } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const database = new ObjectDatabase(join(directory, 'cluster.sqlite'));
  const store = new ObjectStore({
    database,
    limits: options.history,
    onListenerError: error =>
      log(
        `a watcher failed: ${
          error instanceof Error ? error.stack ?? error.message : error
        }`,
      ),
  });
  const machinery = {
    store,
    types: new TypeRegistry(builtInTypes()),
    clock,
    custom: await createCustomKinds(log),
    rulesOf,
    admissions: [...admission],
  };
  const definitions = new DefinitionServer(machinery);
  definitions.start();
  const objects = new StoredClusterObjects(
    machinery,
    definitions,
    expireEvents(store, clock),
  );
  bootstrap(objects);
  return objects;
}
