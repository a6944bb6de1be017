import { InputError } from '@backstage/errors';
import {
  KubeconfigContext,
  OpenedKubeconfig,
} from '@sportsbook/plugin-sportsbook-scaling-node';

/**
 * The context that a run is for. One that nobody named is taken only where it
 * is the only one: which cluster is meant is never guessed, and what a shell was
 * switched to last is taken only on request.
 *
 * @throws InputError that lists the contexts
 */
export function chooseContext(
  { contexts, currentContext }: OpenedKubeconfig,
  wanted: { context?: string; currentContext?: boolean },
): KubeconfigContext {
  const known =
    contexts.length === 0
      ? 'It has none.'
      : `It has ${contexts.map(({ name }) => name).join(', ')}.`;
  const named = (name: string): KubeconfigContext => {
    const context = contexts.find(one => one.name === name);
    if (context === undefined) {
      throw new InputError(
        `The kubeconfig has no context '${name}'. ${known} Name one with --context.`,
      );
    }
    return context;
  };
  if (wanted.context !== undefined) {
    return named(wanted.context);
  }
  if (wanted.currentContext) {
    if (currentContext === undefined) {
      throw new InputError(
        `The kubeconfig names no current context. ${known} Name one with --context.`,
      );
    }
    return named(currentContext);
  }
  if (contexts.length === 1) {
    return contexts[0];
  }
  throw new InputError(
    `Which cluster is meant is not guessed. Add --context NAME${
      currentContext === undefined
        ? ''
        : `, or --current-context for '${currentContext}'`
    }. ${known}`,
  );
}
