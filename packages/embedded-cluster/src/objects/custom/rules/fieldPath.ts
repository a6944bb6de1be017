import type { TypeSchema } from '../../../model/TypeSchema';

const STEP = /^(?:\.([A-Za-z_][A-Za-z0-9_]*)|\['((?:[^'\\]|\\.)+)'\])/;

/**
 * The steps of a rule's `fieldPath`, such as `.spec['a.b']`, with what the
 * server writes for each in an error.
 *
 * @returns undefined where the schema has no such field
 */
export function readFieldPath(
  path: string,
  schema: TypeSchema,
): string[] | undefined {
  const steps: string[] = [];
  let node: TypeSchema | undefined = schema;
  let rest = path;
  while (rest !== '') {
    const match = STEP.exec(rest);
    if (!match || node === undefined) {
      return undefined;
    }
    const name = match[1] ?? match[2].replace(/\\(.)/g, '$1');
    const field: TypeSchema | undefined = node.property(name);
    steps.push(field ? `.${name}` : `[${name}]`);
    node = field ?? node.additionalProperties;
    if (node === undefined) {
      return undefined;
    }
    rest = rest.slice(match[0].length);
  }
  return steps;
}
