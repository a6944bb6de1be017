import {
  formatObjectRef,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { isMap, isScalar, isSeq, Node } from 'yaml';
import { ManifestError, ManifestProblem } from '../errors/ManifestError';
import { formatManifestSource, SourcedObject } from '../model/SourcedObject';
import { objectKey } from '../model/objectKey';
import {
  describeInvalidObject,
  isKubernetesObject,
} from './describeInvalidObject';
import { parseYaml, YamlDocument } from './parseYaml';

/** A file of YAML or JSON. */
export interface ManifestFile {
  /** As the reader of a message knows it. */
  path: string;
  text: string;
}

interface Item {
  value: unknown;
  line: number;
}

/** The document's object, or the items of its `List`. */
function itemsOf({ document, lineAt }: YamlDocument): Item[] {
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  const root = document.contents as Node | null;
  const kind = isMap(root) ? root.get('kind') : undefined;
  const items = isMap(root) ? root.get('items', true) : undefined;
  if (
    typeof kind === 'string' &&
    kind.endsWith('List') &&
    isSeq(items) &&
    isListValue(value)
  ) {
    return value.items.map((item, index) => ({
      value: item,
      line: lineAt((items.items[index] as Node | undefined)?.range),
    }));
  }
  return [{ value, line: lineAt(root?.range) }];
}

function isListValue(value: unknown): value is { items: unknown[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'items' in value &&
    Array.isArray(value.items)
  );
}

function isEmpty({ document }: YamlDocument): boolean {
  const root = document.contents as Node | null;
  return root === null || (isScalar(root) && root.value === null);
}

/**
 * Reads manifest files into objects that know where they are written.
 *
 * Several documents in a file and `List`s are unrolled; documents without
 * content are passed over.
 *
 * @throws ManifestError with every problem of every file: text that does not
 *   parse, documents that are no Kubernetes object, objects given twice
 */
export function readManifests(files: ManifestFile[]): SourcedObject[] {
  const problems: ManifestProblem[] = [];
  const objects: SourcedObject[] = [];
  for (const { path: file, text } of files) {
    parseYaml(text).forEach((parsed, index) => {
      const document = index + 1;
      if (parsed.document.errors.length > 0) {
        problems.push(
          ...parsed.document.errors.map(error => ({
            file,
            document,
            line: parsed.lineAt([...error.pos, error.pos[1]]),
            message: error.message,
          })),
        );
        return;
      }
      if (isEmpty(parsed)) {
        return;
      }
      try {
        for (const { value, line } of itemsOf(parsed)) {
          if (isKubernetesObject(value)) {
            objects.push({ object: value, source: { file, document, line } });
          } else {
            problems.push(
              ...describeInvalidObject(value).map(message => ({
                file,
                document,
                line,
                message,
              })),
            );
          }
        }
      } catch (error) {
        // The library throws for aliases without an anchor and for expansions
        // beyond its limit.
        problems.push({
          file,
          document,
          message: error instanceof Error ? error.message : String(error),
        });
      }
    });
  }
  problems.push(...duplicates(objects));
  if (problems.length > 0) {
    throw new ManifestError(problems);
  }
  return objects;
}

function duplicates(objects: SourcedObject[]): ManifestProblem[] {
  const first = new Map<string, SourcedObject>();
  return objects.flatMap(sourced => {
    const ref = objectRefOf(sourced.object);
    const key = objectKey(ref);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, sourced);
      return [];
    }
    return [
      {
        ...sourced.source,
        message: `${formatObjectRef(
          ref,
        )} is given a second time; the first is in ${formatManifestSource(
          earlier.source,
        )}`,
      },
    ];
  });
}
