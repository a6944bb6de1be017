import { parseDocument } from 'yaml';

export type ParsedYaml =
  | {
      status: 'ok';
      value: unknown;
      duplicates: { key: string; line: number }[];
    }
  | { status: 'failed'; message: string };

/** YAML as Kubernetes reads it: version 1.1, and of a key that is there twice the last counts. */
export function parseYaml(text: string): ParsedYaml {
  const document = parseDocument(text, { version: '1.1', logLevel: 'silent' });
  const duplicates: { key: string; line: number }[] = [];
  for (const error of document.errors) {
    const line = error.linePos?.[0].line ?? 1;
    if (error.code !== 'DUPLICATE_KEY') {
      return {
        status: 'failed',
        message: `yaml: line ${line}: ${
          error.message.split(' at line ', 1)[0].split('\n', 1)[0]
        }`,
      };
    }
    const [start] = error.pos;
    duplicates.push({
      key: /^["']?([^"':\s]+)/.exec(text.slice(start))?.[1] ?? '',
      line,
    });
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    // Aliases of nothing, or so many that they would fill the memory.
    if (error instanceof ReferenceError) {
      return { status: 'failed', message: `yaml: ${error.message}` };
    }
    throw error;
  }
  return {
    status: 'ok',
    // Through JSON, so that dates and the like become what JSON has for them.
    value: JSON.parse(JSON.stringify(value ?? null)),
    duplicates,
  };
}
