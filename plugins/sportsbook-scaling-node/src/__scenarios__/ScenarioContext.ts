import {
  KubernetesObject,
  ObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ApplyManifestsOptions,
  ApplyPlan,
  applyManifests,
  planApply,
} from '../apply';
import { ChangeAction, ChangeSet } from '../model/ChangeSet';
import { SourcedObject } from '../model/SourcedObject';
import { KubernetesClient } from '../ports/KubernetesClient';

type Choices = Partial<Omit<ApplyManifestsOptions, 'manifests'>>;

export interface ScenarioContextOptions {
  client: KubernetesClient;
  /** Exists, is empty, and is the scenario's own. */
  namespace: string;
  /** A client of the same cluster in the name of another user, who has no rights at first. */
  clientAs: (user: string) => Promise<KubernetesClient>;
  /** Of large definitions that are tried, the smallest first. Default: all. */
  mostDefinitions?: number;
}

/** What a scenario acts on. */
export class ScenarioContext {
  readonly client: KubernetesClient;
  readonly namespace: string;
  readonly clientAs: (user: string) => Promise<KubernetesClient>;
  readonly mostDefinitions: number;
  /** What lies outside of the namespace and has to go after the scenario. */
  readonly leftovers: ObjectRef[] = [];

  constructor(options: ScenarioContextOptions) {
    this.client = options.client;
    this.namespace = options.namespace;
    this.clientAs = options.clientAs;
    this.mostDefinitions = options.mostDefinitions ?? Number.POSITIVE_INFINITY;
  }

  apply(
    objects: readonly KubernetesObject[],
    choices: Choices = {},
  ): Promise<ChangeSet> {
    return applyManifests(this.#request(objects, choices));
  }

  plan(
    objects: readonly KubernetesObject[],
    choices: Choices = {},
  ): Promise<ApplyPlan> {
    return planApply(this.#request(objects, choices));
  }

  /** The object as the cluster has it, in the scenario's namespace where it names none. */
  async stored(object: KubernetesObject): Promise<KubernetesObject> {
    const found = await this.find(object);
    if (found === undefined) {
      throw new Error(`${object.kind} ${object.metadata.name} is not there`);
    }
    return found;
  }

  async find(object: KubernetesObject): Promise<KubernetesObject | undefined> {
    return await this.client.get(this.refOf(object));
  }

  refOf(object: KubernetesObject): ObjectRef {
    return { namespace: this.namespace, ...objectRefOf(object) };
  }

  /** What somebody else writes, whose fields are then his. */
  async writeAs(
    fieldManager: string,
    object: KubernetesObject,
  ): Promise<KubernetesObject> {
    const result = await this.client.apply(
      {
        ...object,
        metadata: { namespace: this.namespace, ...object.metadata },
      },
      { fieldManager, force: true },
    );
    return result.object;
  }

  /** A name that no other run has, for what lies in no namespace. */
  uniqueName(name: string): string {
    return `${name}-${this.namespace}`;
  }

  #request(
    objects: readonly KubernetesObject[],
    choices: Choices,
  ): ApplyManifestsOptions {
    return {
      client: this.client,
      namespace: this.namespace,
      ...choices,
      manifests: objects.map(sourced),
    };
  }
}

function sourced(object: KubernetesObject, index: number): SourcedObject {
  return {
    object,
    source: {
      file: `k8s/${index + 1}-${object.kind.toLowerCase()}.yaml`,
      document: 1,
      line: 1,
    },
  };
}

/** `Kind name: action` of each entry, in order. */
export function told(changes: ChangeSet): string[] {
  return changes.map(({ ref, action }) => `${ref.kind} ${ref.name}: ${action}`);
}

/** The actions that occur, each once. */
export function actionsOf(changes: ChangeSet): ChangeAction[] {
  return [...new Set(changes.map(({ action }) => action))];
}

/**
 * The error with which a call fails.
 *
 * @throws Error when it does not
 */
export async function failureOf<T extends Error>(
  type: abstract new (...args: never[]) => T,
  call: Promise<unknown>,
): Promise<T> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof type)) {
    throw new Error(`Expected ${type.name}, and it was ${error ?? 'none'}`, {
      cause: error,
    });
  }
  return error;
}
