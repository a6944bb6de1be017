import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { apiVersionOf, type ResourceType } from '../../model/ResourceType';

/** The kinds that are served: those built in, and those that definitions bring. */
export class TypeRegistry {
  readonly #builtIn: readonly ResourceType[];
  /** By the definition's name. */
  readonly #custom = new Map<string, DefinedTypes>();
  readonly #listeners = new Set<() => void>();
  #all: readonly ResourceType[] = [];
  #byKind = new Map<string, ResourceType>();
  #byUrl = new Map<string, ResourceType>();
  #storageVersions = new Map<string, string>();

  constructor(builtIn: readonly ResourceType[]) {
    this.#builtIn = builtIn;
    this.#index();
  }

  all(): readonly ResourceType[] {
    return this.#all;
  }

  ofKind(apiVersion: string, kind: string): ResourceType | undefined {
    return this.#byKind.get(`${apiVersion}/${kind}`);
  }

  at(group: string, version: string, plural: string): ResourceType | undefined {
    return this.#byUrl.get(`${group}/${version}/${plural}`);
  }

  /** `apiVersion` that objects of the type are stored in. */
  storedApiVersion(type: ResourceType): string {
    const version = this.#storageVersions.get(resourceOf(type)) ?? type.version;
    return apiVersionOf({ group: type.group, version });
  }

  serve(definition: string, defined: DefinedTypes): void {
    this.#custom.set(definition, defined);
    this.#changed();
  }

  unserve(definition: string): void {
    if (this.#custom.delete(definition)) {
      this.#changed();
    }
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    this.#index();
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }

  #index(): void {
    this.#byKind = new Map();
    this.#byUrl = new Map();
    this.#storageVersions = new Map();
    const all = [...this.#builtIn];
    for (const { types, storageVersion } of this.#custom.values()) {
      all.push(...types);
      for (const type of types) {
        this.#storageVersions.set(resourceOf(type), storageVersion);
      }
    }
    for (const type of all) {
      this.#byKind.set(`${apiVersionOf(type)}/${type.kind}`, type);
      this.#byUrl.set(`${type.group}/${type.version}/${type.plural}`, type);
    }
    this.#all = all;
  }
}

export interface DefinedTypes {
  types: readonly ResourceType[];
  storageVersion: string;
}

/** What all versions of a kind share in the store. */
export function resourceOf(
  type: Pick<ResourceType, 'group' | 'plural'>,
): string {
  return `${type.group}/${type.plural}`;
}

/** The object as a version of its kind shows it: definitions here convert nothing but the name. */
export function inVersion(
  object: KubernetesObject,
  apiVersion: string,
): KubernetesObject {
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion };
}
