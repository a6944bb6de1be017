import type { Arbitrary } from 'fast-check';
import type { JsonRecord, Resource } from './Step';

/** A kind with everything that random sequences may do to its objects. */
export interface Subject {
  /** Names the file of its recordings. */
  name: string;
  resource: Resource;
  /** A whole, valid manifest without its frame: what a sequence starts with. */
  base: JsonRecord;
  /** Parts of a manifest, such as another manager would apply. Some are invalid. */
  part: Arbitrary<JsonRecord>;
  /** Operations of JSON patches, one at a time. */
  operation: Arbitrary<JsonRecord>;
  /** Strategic merge patches with directives; absent for kinds of definitions. */
  strategic?: Arbitrary<JsonRecord>;
  /** What is written to the status subresource; absent where nothing is. */
  status?: Arbitrary<JsonRecord>;
  /** False where an object that names nothing of the stored one is never a valid replacement. Default true. */
  isReplaced?: boolean;
  /** Controllers of a real cluster write to these objects too: whether a write changed anything cannot be told. */
  isWatched: boolean;
}
