import { InputError } from '@backstage/errors';
import { z } from 'zod/v3';

/**
 * Parses an action's input, filling in defaults.
 *
 * The scaffolder checks input by JSON Schema alone: defaults, transformations
 * and rules between fields are applied here.
 *
 * @throws InputError that lists every problem.
 */
export function parseInput<Output>(
  schema: z.ZodType<Output, z.ZodTypeDef, unknown>,
  input: unknown,
): Output {
  const parsed = schema.safeParse(input);
  if (parsed.success) {
    return parsed.data;
  }
  const problems = parsed.error.issues.map(
    issue => `${issue.path.join('.') || '(input)'}: ${issue.message}`,
  );
  throw new InputError(
    `The step's input is not usable:\n${problems.join('\n')}`,
  );
}
