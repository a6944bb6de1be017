import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod/v3';

/** `rules[0].users[1]`, as people write it in YAML. */
function formatPath(path: (string | number)[]): string {
  return path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('');
}

/**
 * Parses the configuration below `key`.
 *
 * @param schema - receives `undefined` where the key is not set.
 * @throws InputError that lists every problem with its full key.
 */
export function parseConfigSection<Output>(
  config: Config,
  key: string,
  schema: z.ZodType<Output, z.ZodTypeDef, unknown>,
): Output {
  const parsed = schema.safeParse(config.getOptional(key));
  if (parsed.success) {
    return parsed.data;
  }
  const problems = parsed.error.issues.map(
    issue => `${key}${formatPath(issue.path)}: ${issue.message}`,
  );
  throw new InputError(
    `The configuration is not usable; correct app-config and start again:\n${problems.join(
      '\n',
    )}`,
  );
}
