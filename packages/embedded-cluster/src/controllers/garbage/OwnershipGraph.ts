import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import type { ObjectKey } from '../../ports/ClusterObjects';
import { ownersOf } from '../foundation/ownership';

/** An object of the graph: where it is, without what it holds. */
export interface Node {
  uid: string;
  type: ResourceType;
  key: ObjectKey;
}

/** Who owns whom, by uid: a name may belong to another object by now. */
export class OwnershipGraph {
  readonly #nodes = new Map<string, Node>();
  readonly #ownersOf = new Map<string, readonly string[]>();
  readonly #dependentsOf = new Map<string, Set<string>>();

  put(type: ResourceType, object: KubernetesObject): void {
    const { uid, name, namespace } = object.metadata;
    if (uid === undefined) {
      return;
    }
    this.#nodes.set(uid, {
      uid,
      type,
      key: { name, ...(namespace === undefined ? {} : { namespace }) },
    });
    const owners = ownersOf(object).map(owner => owner.uid);
    for (const owner of this.#ownersOf.get(uid) ?? []) {
      if (!owners.includes(owner)) {
        this.#unlink(owner, uid);
      }
    }
    if (owners.length === 0) {
      this.#ownersOf.delete(uid);
      return;
    }
    this.#ownersOf.set(uid, owners);
    for (const owner of owners) {
      const dependents = this.#dependentsOf.get(owner) ?? new Set();
      dependents.add(uid);
      this.#dependentsOf.set(owner, dependents);
    }
  }

  remove(uid: string): void {
    this.#nodes.delete(uid);
    for (const owner of this.#ownersOf.get(uid) ?? []) {
      this.#unlink(owner, uid);
    }
    this.#ownersOf.delete(uid);
  }

  node(uid: string): Node | undefined {
    return this.#nodes.get(uid);
  }

  dependentsOf(uid: string): Node[] {
    return [...(this.#dependentsOf.get(uid) ?? [])].flatMap(dependent => {
      const node = this.#nodes.get(dependent);
      return node === undefined ? [] : [node];
    });
  }

  ownersOf(uid: string): readonly string[] {
    return this.#ownersOf.get(uid) ?? [];
  }

  #unlink(owner: string, dependent: string): void {
    const dependents = this.#dependentsOf.get(owner);
    dependents?.delete(dependent);
    if (dependents?.size === 0) {
      this.#dependentsOf.delete(owner);
    }
  }
}
