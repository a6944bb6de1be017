import { readFileSync } from 'node:fs';
import { SetupError } from '../setup/SetupError.mjs';

/**
 * The git host that the user's own configuration chooses for new repositories,
 * or undefined when it chooses none and the built-in one has to serve.
 *
 * @param files the user's configuration files; one may be missing only if it
 * is `optional`
 * @throws SetupError for integrations of which none was chosen
 */
export function configuredGitHost(files, parseYaml) {
  let chosen;
  let integrations = [];
  for (const { file, optional } of files) {
    const config = read(file, optional, parseYaml);
    chosen =
      config?.scaffolder?.defaultEnvironment?.parameters?.gitHost ?? chosen;
    integrations = [
      ...integrations,
      ...Object.keys(config?.integrations ?? {}),
    ];
  }
  if (chosen === undefined && integrations.length > 0) {
    throw new SetupError(
      `Your configuration has integrations (${integrations.join(
        ', ',
      )}), but does not say which host gets new repositories. Set scaffolder.defaultEnvironment.parameters: gitHost (gitea, github, gitlab, bitbucketCloud or bitbucketServer), gitHostName (such as github.com) and gitOwner.`,
    );
  }
  return chosen;
}

function read(file, optional, parseYaml) {
  try {
    return parseYaml(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' && optional) {
      return undefined;
    }
    throw new SetupError(`${file} cannot be read: ${error.message}`);
  }
}
