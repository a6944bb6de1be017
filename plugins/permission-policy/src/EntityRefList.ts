import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/** Stands for everyone who is signed in. */
const EVERYONE = '*';

/** Users and groups as a configuration lists them. */
export class EntityRefList {
  readonly #refs: ReadonlySet<string>;

  private constructor(refs: Iterable<string>) {
    this.#refs = new Set(refs);
  }

  /**
   * @param key - where the list stands in the configuration, for messages
   * @throws InputError that names key and value when one is not the full ref of a user or group
   */
  static of(key: string, refs: readonly string[]): EntityRefList {
    return new EntityRefList(refs.map(ref => normalized(key, ref)));
  }

  isEmpty(): boolean {
    return this.#refs.size === 0;
  }

  /** Whether one of the refs, a user's own or one of his groups', is listed. */
  includesAny(refs: readonly string[]): boolean {
    return this.#refs.has(EVERYONE) || refs.some(ref => this.#refs.has(ref));
  }
}

function normalized(key: string, ref: string): string {
  if (ref === EVERYONE) {
    return ref;
  }
  const parsed = parsedOrUndefined(ref);
  if (!parsed || !['user', 'group'].includes(parsed.kind.toLowerCase())) {
    throw new InputError(
      `'${key}' lists '${ref}', which is not the ref of a user or group; write it in full, such as 'group:default/platform'`,
    );
  }
  return stringifyEntityRef(parsed);
}

function parsedOrUndefined(ref: string) {
  try {
    return parseEntityRef(ref);
  } catch {
    return undefined;
  }
}
