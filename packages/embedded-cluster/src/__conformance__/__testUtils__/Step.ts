export type JsonRecord = Record<string, unknown>;

/** A kind that the sequences are about, and where its objects are. */
export interface Resource {
  apiVersion: string;
  kind: string;
  plural: string;
}

/** One request of a sequence, in a form that does not depend on the cluster's answers. */
export interface Step {
  verb:
    | 'create'
    | 'apply'
    | 'merge'
    | 'json'
    | 'strategic'
    /** PUT of the body as it is. */
    | 'replace'
    /** PUT of what the last answer held, with the body merged into it. */
    | 'edit'
    | 'delete';
  manager: string;
  body?: unknown;
  force?: boolean;
  dryRun?: boolean;
  fieldValidation?: 'Strict' | 'Ignore';
  subresource?: 'status' | 'scale';
}

export interface Answer {
  code: number;
  /** An object, or a Status. */
  body: JsonRecord;
}

export interface RecordedSequence {
  resource: Resource;
  steps: { step: Step; answer: unknown }[];
}
