import { isError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { GitHostError } from './GitHostError';
import { NewRepository, questionFor } from './questionFor';

const CALL_TIMEOUT_MILLISECONDS = 10_000;

/**
 * Asks the Git host whether a repository can be made: whether it answers, takes
 * our account, knows the owner, and has the name free.
 *
 * @remarks
 * What nobody can know without trying, as the right to create, shows at the
 * publishing step.
 *
 * @throws GitHostError that says what stands in the way
 */
export async function checkRepository(
  repository: NewRepository,
  options: { integrations: ScmIntegrations; signal?: AbortSignal },
): Promise<void> {
  const { integrations, signal } = options;
  const { host, owner, name } = repository;
  const question = await questionFor(repository, integrations);
  const { headers } = question;

  const status = await ask(question.repositoryUrl);
  if (status === 200) {
    throw new GitHostError(
      `${host} has a repository ${owner}/${name} already; choose another name, or remove the repository. Nothing was changed yet`,
      { host, reason: 'taken' },
    );
  }
  if (status !== 404) {
    throw refusal(status, `the question for the repository ${owner}/${name}`);
  }
  const ownerStatus = await ask(question.ownerUrl);
  if (ownerStatus === 404) {
    throw new GitHostError(
      `${host} knows no ${question.ownerNoun} '${owner}', or does not show it to our account; correct gitOwner of scaffolder.defaultEnvironment.parameters. Nothing was changed yet`,
      { host, reason: 'ownerMissing' },
    );
  }
  if (ownerStatus !== 200) {
    throw refusal(ownerStatus, `the question for '${owner}'`);
  }

  async function ask(url: string): Promise<number> {
    const timeout = AbortSignal.timeout(CALL_TIMEOUT_MILLISECONDS);
    try {
      const answer = await fetch(url, {
        headers: { accept: 'application/json', ...headers },
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      await answer.body?.cancel();
      return answer.status;
    } catch (cause) {
      signal?.throwIfAborted();
      throw new GitHostError(
        timeout.aborted
          ? `${host} did not answer within ${
              CALL_TIMEOUT_MILLISECONDS / 1000
            } s; create again once it does. Nothing was changed yet`
          : `${host} cannot be reached from Backstage (${reasonOf(
              cause,
            )}); create again once it answers. Nothing was changed yet`,
        { host, reason: 'unreachable', cause },
      );
    }
  }

  function refusal(code: number, what: string): GitHostError {
    if (code === 401 || code === 403) {
      return new GitHostError(
        `${host} answered ${what} with ${code}; correct the credentials in integrations.${repository.type}. Nothing was changed yet`,
        { host, reason: 'denied' },
      );
    }
    if (code >= 500 || code === 429) {
      return new GitHostError(
        `${host} answered ${what} with ${code}; create again once it works. Nothing was changed yet`,
        { host, reason: 'unreachable' },
      );
    }
    return new GitHostError(
      `${host} answered ${what} with ${code}, which is none of the answers that a ${repository.type} host gives; look at the address in integrations.${repository.type}. Nothing was changed yet`,
      { host, reason: 'unexpected' },
    );
  }
}

/** fetch hides why it failed in a cause. */
function reasonOf(error: unknown): string {
  const cause = isError(error) && isError(error.cause) ? error.cause : error;
  if (!isError(cause)) {
    return String(cause);
  }
  return typeof cause.code === 'string' ? cause.code : cause.message;
}
