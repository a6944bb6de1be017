// Writes docs/reference/configuration.md from the config.d.ts of each package.
// Usage: node docs/generators/configurationReference.mjs
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const CONFIGURATION_PAGE = join(root, 'docs/reference/configuration.md');

const HEAD = `# Configuration

Every key that the packages of this repository read, with its meaning and default, as their \`config.d.ts\` has it. \`[]\` stands for each entry of a list, \`<name>\` for a name of your choice. A key that is not listed here is an error where its section is strict: Backstage does not start, and names it.
`;

/** The page's text. */
export async function configurationReference() {
  const packages = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder))
      .map(name => join(folder, name))
      .filter(path => existsSync(join(root, path, 'config.d.ts'))),
  );
  const { loadConfigSchema } = createRequire(import.meta.url)(
    '@backstage/config-loader',
  );
  const loaded = await loadConfigSchema({
    dependencies: [],
    packagePaths: packages.map(path => join(root, path, 'package.json')),
  });
  const { schemas } = loaded.serialize();
  const sections = packages.map(path => {
    const { name, description } = JSON.parse(
      readFileSync(join(root, path, 'package.json'), 'utf8'),
    );
    const schema = schemas.find(({ packageName }) => packageName === name);
    return [
      `## ${path}`,
      ...(description === undefined ? [] : [`${description}.`]),
      ...describeKeys(schema.value, ''),
    ].join('\n\n');
  });
  return `${[HEAD.trimEnd(), ...sections].join('\n\n')}\n`;
}

/** One paragraph for each key, parents before their children. */
function describeKeys(schema, prefix) {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, value]) =>
    describeKey(value, prefix === '' ? key : `${prefix}.${key}`, {
      required: schema.required?.includes(key) ?? false,
    }),
  );
  const named =
    typeof schema.additionalProperties === 'object' &&
    Object.keys(schema.additionalProperties).length > 0
      ? describeKey(schema.additionalProperties, `${prefix}.<name>`, {
          required: false,
        })
      : [];
  return [...own, ...named];
}

function describeKey(schema, path, { required }) {
  const variants = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [schema];
  const children = variants.flatMap(variant => {
    if (isDuration(variant)) {
      return [];
    }
    return variant.type === 'array'
      ? describeKeys(variant.items ?? {}, `${path}[]`)
      : describeKeys(variant, path);
  });
  const facts = [
    typeOf(schema),
    ...(required ? ['required'] : []),
    ...(schema.visibility === 'secret' ? ['secret'] : []),
  ];
  const text = (schema.description ?? '').trim().replace(/\s*\n\s*/g, ' ');
  if (text === '' && children.length > 0 && !required) {
    return unique(children);
  }
  return [
    `\`${path}\` · ${facts.join(', ')}${text === '' ? '' : `  \n${text}`}`,
    ...unique(children),
  ];
}

/** Backstage's HumanDuration. */
function isDuration({ properties = {} }) {
  return ['milliseconds', 'seconds', 'hours', 'days'].every(
    unit => unit in properties,
  );
}

/** Two shapes of one value share keys. */
function unique(paragraphs) {
  return [...new Set(paragraphs)];
}

function typeOf(schema) {
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) {
    return [...new Set(variants.map(typeOf))].join(' or ');
  }
  if (isDuration(schema)) {
    return 'duration (`{ minutes: 10 }`)';
  }
  if (schema.enum !== undefined) {
    return schema.enum.map(value => `\`${value}\``).join(' or ');
  }
  if (schema.const !== undefined) {
    return `\`${schema.const}\``;
  }
  if (schema.type === 'array') {
    return `list of ${typeOf(schema.items ?? {})}`;
  }
  return Array.isArray(schema.type)
    ? schema.type.join(' or ')
    : schema.type ?? 'any';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(CONFIGURATION_PAGE, await configurationReference());
}
