import { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { z } from 'zod/v3';

interface JsonSchema {
  type?: string | string[];
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
}

const schemaSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    default: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    items: schemaSchema.optional(),
    properties: z.record(schemaSchema).optional(),
    required: z.array(z.string()).optional(),
    anyOf: z.array(schemaSchema).optional(),
  }),
);

const HEAD = `# Actions

What each action takes and gives, from its own schema, with its examples. The same stands in Backstage under **Create**, **Installed Actions**.`;

/** The page's text, in the order of the actions' ids. */
export function actionsReference(actions: TemplateAction[]): string {
  const sections = [...actions]
    .sort((a, b) => a.id.localeCompare(b.id))
    .map(action =>
      [
        `## ${action.id}`,
        sentence(action.description ?? ''),
        ...table('Input', schemaSchema.parse(action.schema?.input ?? {})),
        ...table('Output', schemaSchema.parse(action.schema?.output ?? {})),
        ...(action.examples ?? []).map(
          ({ description, example }) =>
            `${description}:\n\n\`\`\`yaml\n${example.trimEnd()}\n\`\`\``,
        ),
      ].join('\n\n'),
    );
  return `${[HEAD, ...sections].join('\n\n')}\n`;
}

function table(title: string, schema: JsonSchema): string[] {
  const rows = Object.entries(schema.properties ?? {}).map(([name, value]) => {
    const required = schema.required?.includes(name) ?? false;
    const facts = [
      typeOf(value),
      ...(title === 'Input' && required ? ['required'] : []),
      ...(value.default === undefined
        ? []
        : [`default \`${JSON.stringify(value.default)}\``]),
    ];
    return `| \`${name}\` | ${cell(facts.join(', '))} | ${cell(
      value.description ?? '',
    )} |`;
  });
  return rows.length === 0
    ? []
    : [
        [`| ${title} | Type | Meaning |`, '| --- | --- | --- |', ...rows].join(
          '\n',
        ),
      ];
}

function typeOf(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) {
    return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  }
  if (schema.enum !== undefined) {
    return schema.enum.map(value => `\`${value}\``).join(' or ');
  }
  if (schema.type === 'array') {
    return `list of ${typeOf(schema.items ?? {})}`;
  }
  return schema.type === undefined ? 'any' : [schema.type].flat().join(' or ');
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
