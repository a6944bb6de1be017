import { FieldSet } from './FieldSet';
import { jsonEquals } from './jsonValue';
import { validListElement } from './listElement';
import type { ListMergeType, MapMergeType, MergeType } from './mergeType';
import { fieldElement, type PathElement } from './pathElement';
import { asList, asMap, fieldType, shapeOf, type Shape } from './shapeOf';

/** Which fields differ between two objects. No field is in two of the sets. */
export interface Comparison {
  removed: FieldSet;
  modified: FieldSet;
  added: FieldSet;
}

class Walker {
  readonly #comparison: Comparison;
  readonly #path: PathElement[] = [];

  constructor(comparison: Comparison) {
    this.#comparison = comparison;
  }

  compare(type: MergeType, before: unknown, after: unknown): void {
    // Values are shared from version to version where nothing changed.
    if (before === after) {
      return;
    }
    const old = shapeOf(type, before);
    const now = shapeOf(type, after);
    let isLeaf: boolean;
    if (after === undefined) {
      isLeaf = this.#visit(old, before, after);
    } else if (before === undefined || sameShape(old, now)) {
      isLeaf = this.#visit(now, before, after);
    } else {
      this.#visit(old, before, after);
      isLeaf = this.#visit(now, before, after);
    }
    if (!isLeaf) {
      if (before === undefined) {
        this.#comparison.added.insert(this.#path);
      } else if (after === undefined) {
        this.#comparison.removed.insert(this.#path);
      }
    }
  }

  /** @returns whether the value counts as a whole */
  #visit(shape: Shape, before: unknown, after: unknown): boolean {
    switch (shape.kind) {
      case 'map': {
        const old = asMap(before);
        const now = asMap(after);
        if (
          shape.type.atomic ||
          (Object.keys(old ?? {}).length === 0 &&
            Object.keys(now ?? {}).length === 0)
        ) {
          break;
        }
        this.#maps(shape.type, old ?? {}, now ?? {});
        return false;
      }
      case 'list': {
        const old = asList(before) ?? [];
        const now = asList(after) ?? [];
        if (shape.type.atomic || (old.length === 0 && now.length === 0)) {
          break;
        }
        this.#lists(shape.type, old, now);
        return false;
      }
      default:
        break;
    }
    this.#leaf(before, after);
    return true;
  }

  #leaf(before: unknown, after: unknown): void {
    if (before === undefined) {
      this.#comparison.added.insert(this.#path);
    } else if (after === undefined) {
      this.#comparison.removed.insert(this.#path);
    } else if (!jsonEquals(before, after)) {
      this.#comparison.modified.insert(this.#path);
    }
  }

  #maps(
    type: MapMergeType,
    before: Readonly<Record<string, unknown>>,
    after: Readonly<Record<string, unknown>>,
  ): void {
    for (const name of Object.keys(before)) {
      this.#field(
        type,
        name,
        before[name],
        Object.hasOwn(after, name) ? after[name] : undefined,
      );
    }
    for (const name of Object.keys(after)) {
      if (!Object.hasOwn(before, name)) {
        this.#field(type, name, undefined, after[name]);
      }
    }
  }

  #field(
    type: MapMergeType,
    name: string,
    before: unknown,
    after: unknown,
  ): void {
    const child = fieldType(type, name);
    if (child && before !== after) {
      this.#at(fieldElement(name), () => this.compare(child, before, after));
    }
  }

  #lists(
    type: ListMergeType,
    before: readonly unknown[],
    after: readonly unknown[],
  ): void {
    const old = group(type, before);
    const now = group(type, after);
    for (const element of new Set([...old.keys(), ...now.keys()])) {
      this.#items(
        type,
        element,
        old.get(element) ?? [],
        now.get(element) ?? [],
      );
    }
  }

  /** Items with the same keys count as one thing; single ones field by field. */
  #items(
    type: ListMergeType,
    element: PathElement,
    old: readonly unknown[],
    now: readonly unknown[],
  ): void {
    const { removed, modified, added } = this.#comparison;
    const item = (before: unknown, after: unknown) =>
      this.#at(element, () => this.compare(type.element, before, after));
    if (old.length <= 1 && now.length <= 1) {
      item(old[0], now[0]);
    } else if (old.length > 1 && now.length > 1) {
      if (!jsonEquals(old, now)) {
        modified.insert([...this.#path, element]);
      }
    } else if (old.length > 1) {
      if (now.length > 0) {
        item(undefined, now[0]);
      }
      removed.insert([...this.#path, element]);
    } else {
      if (old.length > 0) {
        item(old[0], undefined);
      }
      added.insert([...this.#path, element]);
    }
  }

  #at(element: PathElement, visit: () => void): void {
    this.#path.push(element);
    visit();
    this.#path.pop();
  }
}

export function compareValues(
  type: MergeType,
  before: unknown,
  after: unknown,
): Comparison {
  const comparison = {
    removed: new FieldSet(),
    modified: new FieldSet(),
    added: new FieldSet(),
  };
  if (before !== undefined || after !== undefined) {
    new Walker(comparison).compare(type, before, after);
  }
  return comparison;
}

function sameShape(one: Shape, other: Shape): boolean {
  return one.kind === other.kind;
}

function group(
  type: ListMergeType,
  items: readonly unknown[],
): Map<PathElement, unknown[]> {
  const groups = new Map<PathElement, unknown[]>();
  for (const item of items) {
    const element = validListElement(type, item);
    const known = groups.get(element);
    if (known) {
      known.push(item);
    } else {
      groups.set(element, [item]);
    }
  }
  return groups;
}
