import { Document, LineCounter, parseAllDocuments, Range, Tags } from 'yaml';

/** One document of a YAML stream. */
export interface YamlDocument {
  document: Document.Parsed;
  lineAt(range: Range | null | undefined): number;
}

/** Types that YAML 1.1 knows and kubectl's reader leaves as plain strings. */
const LEFT_AS_STRINGS = new Set([
  'tag:yaml.org,2002:timestamp',
  'tag:yaml.org,2002:binary',
]);

function tagsOfKubectl(tags: Tags): Tags {
  return tags.filter(
    tag =>
      typeof tag === 'string' ||
      !(
        LEFT_AS_STRINGS.has(tag.tag) ||
        ('format' in tag && tag.format === 'TIME')
      ),
  );
}

/**
 * Splits a YAML or JSON text into documents.
 *
 * @remarks
 * Scalars mean what they mean to kubectl, which reads YAML 1.1 without its
 * times and base 60 numbers: `on` is true, `12:30` is a string. One set of
 * files must make the same objects here and there.
 */
export function parseYaml(text: string): YamlDocument[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    version: '1.1',
    customTags: tagsOfKubectl,
    lineCounter,
    prettyErrors: false,
  });
  return [...documents].map(document => ({
    document,
    lineAt: range => lineCounter.linePos(range?.[0] ?? 0).line,
  }));
}
