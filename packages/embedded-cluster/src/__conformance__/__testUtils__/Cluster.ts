import type { Answer, JsonRecord, Resource, Step } from './Step';

/** A request with a body that is final. */
export interface Request extends Omit<Step, 'verb' | 'body'> {
  verb: Exclude<Step['verb'], 'edit'>;
  body?: unknown;
}

/** A cluster that sequences run on: a real one, or ours. */
export interface Cluster {
  /** Makes the namespace and the definition that the sequences need. */
  prepare(namespace: JsonRecord, definition: JsonRecord): Promise<void>;
  get(resource: Resource): Promise<Answer>;
  send(resource: Resource, request: Request): Promise<Answer>;
  close(): Promise<void>;
}
