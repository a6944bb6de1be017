import type { NamespaceChoices } from '@sportsbook/plugin-sportsbook-scaling-common';

/** Whether a rule's entry covers a namespace; `team-*` covers what begins so. */
function isAllowed(allowed: readonly string[], namespace: string): boolean {
  return allowed.some(entry =>
    entry.endsWith('*')
      ? namespace.startsWith(entry.slice(0, -1))
      : entry === namespace,
  );
}

/**
 * Why a namespace cannot be used, as far as can be told before the plan;
 * undefined where nothing speaks against it.
 */
export function namespaceProblem(
  { existing, allowed, newNamePattern }: NamespaceChoices,
  namespace: string,
): string | undefined {
  if (!isAllowed(allowed, namespace)) {
    return `You may not create in namespace '${namespace}'. Allowed: ${allowed.join(
      ', ',
    )}.`;
  }
  if (existing.status !== 'listed' || existing.names.includes(namespace)) {
    return undefined;
  }
  if (newNamePattern === undefined) {
    return `There is no namespace '${namespace}' that you may use${
      existing.names.length === 0 ? '' : `; there are ${list(existing.names)}`
    }.`;
  }
  return new RegExp(`^(?:${newNamePattern})$`).test(namespace)
    ? undefined
    : `There is no namespace '${namespace}', and a new one must be named by the pattern ${newNamePattern}.`;
}

/** Whether the template will make the namespace. */
export function isNewNamespace(
  choices: NamespaceChoices,
  namespace: string,
): boolean {
  const { existing, newNamePattern } = choices;
  return (
    newNamePattern !== undefined &&
    existing.status === 'listed' &&
    !existing.names.includes(namespace) &&
    namespaceProblem(choices, namespace) === undefined
  );
}

const MOST_LISTED = 8;

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED).join(', ');
  const more = names.length - MOST_LISTED;
  return more > 0 ? `${shown} and ${more} more` : shown;
}
