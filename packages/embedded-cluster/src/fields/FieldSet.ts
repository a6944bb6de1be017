import { comparePathElements, type PathElement } from './pathElement';

/**
 * A set of fields: a tree of path elements, some of which are members.
 *
 * Sets that were handed out are never changed, so that they share their
 * branches; `insert` is for the one who builds a set.
 */
export class FieldSet {
  static readonly empty = new FieldSet();

  readonly members: Set<PathElement>;
  readonly children: Map<PathElement, FieldSet>;

  constructor(
    members: Set<PathElement> = new Set(),
    children: Map<PathElement, FieldSet> = new Map(),
  ) {
    this.members = members;
    this.children = children;
  }

  /** A set of these paths. */
  static of(...paths: PathElement[][]): FieldSet {
    const set = new FieldSet();
    for (const path of paths) {
      set.insert(path);
    }
    return set;
  }

  /** Only while building. The empty path, which is the whole object, is nobody's. */
  insert(path: readonly PathElement[]): void {
    if (path.length === 0) {
      return;
    }
    insertInto(this, path);
  }

  has(path: readonly PathElement[]): boolean {
    const [first, ...rest] = path;
    return rest.length === 0
      ? this.members.has(first)
      : this.children.get(first)?.has(rest) ?? false;
  }

  isEmpty(): boolean {
    if (this.members.size > 0) {
      return false;
    }
    for (const child of this.children.values()) {
      if (!child.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  equals(other: FieldSet): boolean {
    if (this === other) {
      return true;
    }
    if (
      this.members.size !== other.members.size ||
      this.children.size !== other.children.size
    ) {
      return false;
    }
    for (const member of this.members) {
      if (!other.members.has(member)) {
        return false;
      }
    }
    for (const [element, child] of this.children) {
      if (!other.children.get(element)?.equals(child)) {
        return false;
      }
    }
    return true;
  }

  union(other: FieldSet): FieldSet {
    if (this === other || isBare(other)) {
      return this;
    }
    if (isBare(this)) {
      return other;
    }
    const members = new Set(this.members);
    for (const member of other.members) {
      members.add(member);
    }
    const children = new Map(this.children);
    for (const [element, child] of other.children) {
      const ours = children.get(element);
      children.set(element, ours ? ours.union(child) : child);
    }
    return new FieldSet(members, children);
  }

  intersection(other: FieldSet): FieldSet {
    const result = new FieldSet();
    for (const member of this.members) {
      if (other.members.has(member)) {
        result.members.add(member);
      }
    }
    for (const [element, child] of this.children) {
      const theirs = other.children.get(element);
      const both = theirs && child.intersection(theirs);
      if (both && !both.isEmpty()) {
        result.children.set(element, both);
      }
    }
    return result;
  }

  /** Without the members of the other; what is below a member of the other stays. */
  difference(other: FieldSet): FieldSet {
    if (isBare(other)) {
      return this;
    }
    return this.#without(other, false);
  }

  /** Without the members of the other and all that is below them. */
  recursiveDifference(other: FieldSet): FieldSet {
    if (isBare(other)) {
      return this;
    }
    return this.#without(other, true);
  }

  #without(other: FieldSet, recursive: boolean): FieldSet {
    const result = new FieldSet();
    let same = true;
    for (const member of this.members) {
      if (other.members.has(member)) {
        same = false;
      } else {
        result.members.add(member);
      }
    }
    for (const [element, child] of this.children) {
      if (recursive && other.members.has(element)) {
        same = false;
        continue;
      }
      const theirs = other.children.get(element);
      const rest = theirs ? child.#without(theirs, recursive) : child;
      if (rest === child) {
        result.children.set(element, child);
      } else {
        same = false;
        if (!rest.isEmpty()) {
          result.children.set(element, rest);
        }
      }
    }
    return same ? this : result;
  }

  /** All paths, sorted: the members of a level before what is below it. */
  *paths(prefix: readonly PathElement[] = []): Generator<PathElement[]> {
    for (const member of [...this.members].sort(comparePathElements)) {
      yield [...prefix, member];
    }
    for (const element of [...this.children.keys()].sort(comparePathElements)) {
      const child = this.children.get(element);
      if (child) {
        yield* child.paths([...prefix, element]);
      }
    }
  }
}

function insertInto(set: FieldSet, path: readonly PathElement[]): void {
  let node = set;
  for (let depth = 0; depth < path.length - 1; depth += 1) {
    let child = node.children.get(path[depth]);
    if (!child) {
      child = new FieldSet();
      node.children.set(path[depth], child);
    }
    node = child;
  }
  node.members.add(path[path.length - 1]);
}

function isBare(set: FieldSet): boolean {
  return set.members.size === 0 && set.children.size === 0;
}
