import {
  formatObjectRef,
  groupKindOf,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { PlanProblem } from '../model/PlanProblem';
import { SourcedObject } from '../model/SourcedObject';
import { ManifestFile } from '../manifests/readManifests';
import { ApiNotInstalledError } from '../errors/ApiNotInstalledError';
import { mapInFlight } from '../apply/mapInFlight';
import { KubernetesClient } from '../ports/KubernetesClient';
import { PlatformDecision, writes } from './decidePlatform';
import { operatorManifests, OperatorPlacement } from './operatorManifests';
import { isOurs, withPlatformMark } from './platformMark';
import { PlatformComponent } from './PlatformReport';
import { kedaManifests, operatorDefinitions } from './releaseManifests';

/** What people may choose of an installation. */
export interface PlatformChoices {
  operator: OperatorPlacement;
  /** Which definitions of the operator's bundle; see `OPERATOR_DEFINITIONS`. */
  definitions: 'needed' | 'all';
  imageRegistry?: string;
}

/** An object of the set, and the component that it belongs to. */
export interface PlatformObject extends SourcedObject {
  component: PlatformComponent;
}

/** Kinds that others may have brought, and that are then used as they are. */
const SHARED_KINDS = [
  '/Namespace',
  'apiextensions.k8s.io/CustomResourceDefinition',
];

function ofOperator(
  release: ManifestFile | undefined,
  choices: PlatformChoices,
  version: string,
): SourcedObject[] {
  const { operator, definitions, imageRegistry } = choices;
  const generated = operatorManifests(operator, {
    version,
    ...(imageRegistry === undefined ? {} : { imageRegistry }),
  }).map((object, index) => ({
    object,
    source: {
      file: 'the least-rights manifests of the Prometheus operator',
      document: index + 1,
      line: 1,
    },
  }));
  return release === undefined
    ? generated
    : [...operatorDefinitions(release, definitions), ...generated];
}

/**
 * Whether a decision takes the release's file. Whoever may write one namespace
 * only has the operator's definitions already: they belong to the whole cluster.
 */
export function needsRelease(
  decision: PlatformDecision,
  { scope }: OperatorPlacement,
): boolean {
  return (
    writes(decision) && (decision.component === 'keda' || scope === 'cluster')
  );
}

/**
 * All that the decisions would have on the cluster, marked as ours.
 *
 * @param options.releases - of each decision that {@link needsRelease}
 */
export function platformManifests(options: {
  decisions: PlatformDecision[];
  releases: Partial<Record<PlatformComponent, ManifestFile>>;
  choices: PlatformChoices;
}): PlatformObject[] {
  const { decisions, releases, choices } = options;
  const { imageRegistry, operator } = choices;
  return decisions.filter(writes).flatMap(decision => {
    const { component, to } = decision;
    const release = releases[component];
    if (
      to === undefined ||
      (release === undefined && needsRelease(decision, operator))
    ) {
      throw new Error(`The release of ${component} was not read`);
    }
    const mirrored = imageRegistry === undefined ? {} : { imageRegistry };
    const ofKeda = () =>
      release === undefined ? [] : kedaManifests(release, mirrored);
    const objects =
      component === 'keda' ? ofKeda() : ofOperator(release, choices, to);
    return objects.map(({ object, source }) => ({
      object: withPlatformMark(object, component),
      source,
      component,
    }));
  });
}

async function liveOf(
  client: KubernetesClient,
  object: KubernetesObject,
  signal?: AbortSignal,
): Promise<KubernetesObject | undefined> {
  try {
    return await client.get(objectRefOf(object), { signal });
  } catch (error) {
    if (error instanceof ApiNotInstalledError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Takes out what others have brought: their namespaces and definitions are used
 * as they are, and anything else of theirs stands in the way.
 */
export async function leaveForeign(options: {
  client: KubernetesClient;
  objects: PlatformObject[];
  signal?: AbortSignal;
}): Promise<{
  manifests: PlatformObject[];
  /** Objects of others, as people name them. */
  left: string[];
  problems: PlanProblem[];
}> {
  const { client, objects, signal } = options;
  const answers = await mapInFlight(objects, async sourced => {
    const live = await liveOf(client, sourced.object, signal);
    return {
      sourced,
      isForeign: live !== undefined && !isOurs(live, sourced.component),
    };
  });
  const foreign = answers.filter(({ isForeign }) => isForeign);
  const isShared = ({ object }: SourcedObject) =>
    SHARED_KINDS.includes(groupKindOf(object));
  return {
    manifests: answers.flatMap(({ sourced, isForeign }) =>
      isForeign ? [] : [sourced],
    ),
    left: foreign
      .filter(({ sourced }) => isShared(sourced))
      .map(({ sourced }) => formatObjectRef(objectRefOf(sourced.object))),
    problems: foreign
      .filter(({ sourced }) => !isShared(sourced))
      .map(({ sourced: { object, source } }) => ({
        ref: objectRefOf(object),
        source,
        message:
          'there is one that somebody else has made, perhaps left from another installation; finish that installation, or delete the object',
      })),
  };
}
