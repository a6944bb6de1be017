/**
 * The environment in which this package runs git: the user's own git
 * configuration, hooks and credentials play no part.
 */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const settings: [string, string][] = [
    // The folder may lie on a mount that belongs to somebody else.
    ['safe.directory', '*'],
    // A collection of garbage in the background would outlive the request.
    ['receive.autogc', 'false'],
    ['core.hooksPath', '/dev/null'],
  ];
  return {
    PATH: process.env.PATH,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}
