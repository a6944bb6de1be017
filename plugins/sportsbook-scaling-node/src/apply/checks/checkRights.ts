import { AccessQuestion } from '../../kubernetes/KubernetesClient';
import { apiGroupOf } from '../../manifests/objectKey';
import { mapInFlight } from '../mapInFlight';
import { ManifestSource } from '../../manifests/SourcedObject';
import { PlanCheck, PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';

interface Need {
  question: AccessQuestion;
  objects: ResolvedObject[];
}

/** Absent as far as one can tell: what may not be read may have to be made. */
async function isAbsent(
  { view }: PlanContext,
  object: ResolvedObject,
): Promise<boolean> {
  if (object.awaitsDefinition) {
    return true;
  }
  const live = await view.get(object.ref);
  return live.status === 'unreadable' || live.value === undefined;
}

/** A server-side apply is a patch, and a create besides where there is nothing to patch. */
async function needsOf(context: PlanContext): Promise<Need[]> {
  const needs = new Map<string, Need>();
  for (const object of context.objects) {
    const { resource, ref } = object;
    if (resource === undefined) {
      continue;
    }
    const verbs = (await isAbsent(context, object))
      ? ['get', 'patch', 'create']
      : ['get', 'patch'];
    for (const verb of verbs) {
      const question: AccessQuestion = {
        verb,
        group: apiGroupOf(resource.apiVersion),
        resource: resource.plural,
        namespace: ref.namespace,
      };
      const key = JSON.stringify(question);
      const need = needs.get(key) ?? { question, objects: [] };
      need.objects.push(object);
      needs.set(key, need);
    }
  }
  return [...needs.values()];
}

/** Whether a right exists that is limited to the objects' own names. */
async function mayByName(
  { client, signal }: PlanContext,
  { question, objects }: Need,
): Promise<boolean> {
  if (question.verb === 'create') {
    return false;
  }
  const answers = await Promise.all(
    objects.map(({ ref }) =>
      client.can({ ...question, name: ref.name }, { signal }),
    ),
  );
  return answers.every(({ allowed }) => allowed);
}

interface MissingRights {
  question: AccessQuestion;
  verbs: string[];
  source: ManifestSource;
}

/** One entry per resource and namespace, so that one rule can grant it. */
function byResource(missing: Need[]): MissingRights[] {
  const entries = new Map<string, MissingRights>();
  for (const { question, objects } of missing) {
    const { verb, ...resource } = question;
    const key = JSON.stringify(resource);
    const entry = entries.get(key) ?? {
      question,
      verbs: [],
      source: objects[0].source,
    };
    entry.verbs.push(verb);
    entries.set(key, entry);
  }
  return [...entries.values()];
}

function describeMissing(
  cluster: string,
  { group, resource, namespace }: AccessQuestion,
  verbs: string[],
): string {
  const full = group === '' ? resource : `${resource}.${group}`;
  const [where, kind] =
    namespace === undefined
      ? ['', 'ClusterRole']
      : [` in namespace '${namespace}'`, 'Role'];
  return `Backstage's identity on cluster '${cluster}' may not ${verbs.join(
    ', ',
  )} ${full}${where}; grant it with a ${kind} (apiGroups: ["${group}"], resources: [${resource}], verbs: [${verbs.join(
    ', ',
  )}])`;
}

/** Lists every right that the identity lacks, all at once. */
export const checkRights: PlanCheck = async context => {
  const { client, signal } = context;
  const asked = await mapInFlight(await needsOf(context), async need => {
    const { allowed } = await client.can(need.question, { signal });
    return allowed || (await mayByName(context, need)) ? undefined : need;
  });
  const missing = asked.filter(need => need !== undefined);
  return {
    covered: missing.flatMap(({ objects }) => objects),
    problems: byResource(missing).map(({ question, verbs, source }) => ({
      source,
      message: describeMissing(client.cluster, question, verbs),
    })),
  };
};
