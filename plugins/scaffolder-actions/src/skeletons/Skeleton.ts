import { JsonObject } from '@backstage/types';

/** A tree of Handlebars files that ships with this package, and what it asks for. */
export interface Skeleton {
  /** What a template names it by in `fetch:handlebars`. */
  readonly id: string;
  /**
   * Turns a form's values into the values that the files are rendered with:
   * defaults filled in, derived ones added.
   *
   * @throws InputError that lists every problem with the input.
   */
  parseValues(input: unknown): JsonObject;
}

/** A skeleton and the folder that holds its files. */
export interface InstalledSkeleton extends Skeleton {
  /** Absolute. */
  readonly directory: string;
}
