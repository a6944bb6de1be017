import type { RepeatedKeys } from '../../ports/ClusterObjects';

export interface FoundFields {
  /** Paths of fields that the kind does not have, as they were come to. */
  unknown: readonly string[];
  repeated?: RepeatedKeys;
  /** The object was read from its own text, and not made by a patch. */
  isSent: boolean;
  custom: boolean;
}

/** What is wrong with an object's fields, in the order in which the server tells it. */
export function fieldProblems({
  unknown,
  repeated,
  isSent,
  custom,
}: FoundFields): string[] {
  const names = [...new Set(unknown)];
  if (repeated?.positionOf && isSent && !custom) {
    return inOrderOfText(names, repeated, repeated.positionOf);
  }
  // What is read through a map, or made by a patch, comes in the order of names.
  const isOfMetadata = (path: string) => path.startsWith('metadata.');
  const isSorted = custom || !isSent || repeated !== undefined;
  const sorted = isSorted ? [...names].sort() : names;
  const ordered = custom
    ? [
        ...names.filter(isOfMetadata),
        ...sorted.filter(path => !isOfMetadata(path)),
      ]
    : sorted;
  return [
    ...(repeated?.found ?? []).map(({ text }) => text),
    ...ordered.map(unknownField),
  ];
}

/** The server's reader of JSON tells what it comes to, and does not look into fields that it does not know. */
function inOrderOfText(
  unknown: readonly string[],
  { found }: RepeatedKeys,
  positionOf: NonNullable<RepeatedKeys['positionOf']>,
): string[] {
  const isSkipped = (path: string) =>
    unknown.some(
      name =>
        path === name ||
        path.startsWith(`${name}.`) ||
        path.startsWith(`${name}[`),
    );
  return [
    ...unknown.map(path => ({
      text: unknownField(path),
      position: positionOf(path) ?? 0,
    })),
    ...found
      .filter(({ path = '' }) => !isSkipped(path))
      .map(({ text, position = 0 }) => ({ text, position })),
  ]
    .sort((left, right) => left.position - right.position)
    .map(({ text }) => text);
}

function unknownField(path: string): string {
  return `unknown field "${path}"`;
}

/** As a refusal lists them: what YAML has twice is one problem. */
export function strictProblems(
  problems: readonly string[],
  repeated: RepeatedKeys | undefined,
): string {
  const isYaml = repeated !== undefined && repeated.positionOf === undefined;
  const lines = isYaml ? repeated.found.map(({ text }) => text) : [];
  return [
    ...(lines.length > 0
      ? [`yaml: unmarshal errors:\n  ${lines.join('\n  ')}`]
      : []),
    ...problems.slice(lines.length),
  ].join(', ');
}
