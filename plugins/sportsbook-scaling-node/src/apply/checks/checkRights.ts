import { AccessQuestion } from '../../ports/KubernetesClient';
import { apiGroupOf } from '../../model/objectKey';
import { ManifestSource } from '../../model/SourcedObject';
import { mapInFlight } from '../mapInFlight';
import { PlanCheck, PlanContext } from '../PlanContext';
import { ResolvedObject } from '../ResolvedObject';
import { describeMissingRight } from './describeMissingRight';

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

/** What a wait for the object takes. */
const WAIT_VERBS = ['list', 'watch'];

/** A server-side apply is a patch, and a create besides where there is nothing to patch. */
async function verbsOf(
  context: PlanContext,
  object: ResolvedObject,
): Promise<string[]> {
  if (context.writer === 'controller') {
    return ['get'];
  }
  return (await isAbsent(context, object))
    ? ['get', 'patch', 'create']
    : ['get', 'patch'];
}

async function needsOf(context: PlanContext): Promise<Need[]> {
  const needs = new Map<string, Need>();
  for (const object of context.objects) {
    const { resource, ref } = object;
    if (resource === undefined) {
      continue;
    }
    const verbs = await verbsOf(context, object);
    for (const verb of [...verbs, ...(object.isOfPlatform ? [] : WAIT_VERBS)]) {
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
  // A single object is waited for by its name, several are listed with all others.
  const isAskedByName = WAIT_VERBS.includes(question.verb)
    ? objects.length === 1
    : question.verb !== 'create';
  if (!isAskedByName) {
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

/** Lists every right that the identity lacks to apply the set and to wait for it, all at once. */
export const checkRights: PlanCheck = async context => {
  if (context.writer === 'people') {
    return { problems: [] };
  }
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
      message: describeMissingRight(client.cluster, question, verbs),
    })),
  };
};
