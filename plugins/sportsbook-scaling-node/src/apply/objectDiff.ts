import {
  formatObjectRef,
  KubernetesObject,
  ObjectRef,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { structuredPatch } from 'diff';
import { stringify } from 'yaml';
import { changedFields, intentOf } from './changedFields';
import { maskSecrets, withStoredData } from './secretValues';

/** What would change in one object. Plain JSON, all that is secret masked. */
export interface ObjectDiff {
  ref: ObjectRef;
  /**
   * Lines that start with a space, `+`, `-` or `@@`, or with `~` and a path where
   * the object is too long; at most {@link LONGEST_DIFF_LINES}.
   */
  lines: string[];
  /** How many more lines there are. */
  omittedLines: number;
}

/** Of one object; a whole Deployment is shorter, a definition has thousands. */
export const LONGEST_DIFF_LINES = 150;
/** Of one line, such as a script within a ConfigMap. */
const LONGEST_LINE_CHARACTERS = 400;
/** Of an object as JSON, such as a definition: to write it out as YAML takes seconds. */
const LARGEST_COMPARED_CHARACTERS = 64 * 1024;
/** Beyond this the comparison itself would take seconds. */
const LONGEST_EDIT = 2_000;
const CONTEXT_LINES = 3;

function asText(object: KubernetesObject | undefined): string {
  return object === undefined
    ? ''
    : stringify(intentOf(object), { sortMapEntries: true, lineWidth: 0 });
}

function shorten(line: string): string {
  return line.length <= LONGEST_LINE_CHARACTERS
    ? line
    : `${line.slice(0, LONGEST_LINE_CHARACTERS)}… (${
        line.length - LONGEST_LINE_CHARACTERS
      } more characters)`;
}

/** Paths without values, where lines would be too many. */
function fieldLines(
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): string[] {
  return before === undefined || after === undefined
    ? [`${before === undefined ? '+' : '-'}the whole object, too long to show`]
    : changedFields(before, after).map(field => `~${field}`);
}

function isLarge(object: KubernetesObject | undefined): boolean {
  return (
    object !== undefined &&
    JSON.stringify(intentOf(object)).length > LARGEST_COMPARED_CHARACTERS
  );
}

function linesOf(
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): string[] {
  if (isLarge(before) || isLarge(after)) {
    return fieldLines(before, after);
  }
  const masked = maskSecrets({ before, after });
  const patch = structuredPatch(
    '',
    '',
    asText(masked.before),
    asText(masked.after),
    '',
    '',
    { context: CONTEXT_LINES, maxEditLength: LONGEST_EDIT },
  );
  return (
    patch?.hunks.flatMap(hunk => [
      `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
      ...hunk.lines.filter(line => !line.startsWith('\\')),
    ]) ?? fieldLines(before, after)
  );
}

/**
 * The difference between two states of an object, as unified diff of YAML. What
 * the server keeps (status, uid, resourceVersion, managedFields) is left out,
 * and whatever is secret is masked, so that a change shows but no value does.
 */
export function diffObject(
  ref: ObjectRef,
  states: { before?: KubernetesObject; after?: KubernetesObject },
): ObjectDiff {
  const { before, after } = states;
  const lines = linesOf(
    before && withStoredData(before),
    after && withStoredData(after),
  ).map(shorten);
  return {
    ref,
    lines: lines.slice(0, LONGEST_DIFF_LINES),
    omittedLines: Math.max(0, lines.length - LONGEST_DIFF_LINES),
  };
}

/** All of a plan's differences together. */
const LONGEST_TEXT_CHARACTERS = 64 * 1024;

/**
 * Differences as text for a log or a terminal, each below the name of its
 * object; objects without any are left out. Empty where nothing changes.
 */
export function renderDiff(
  diffs: readonly ObjectDiff[],
  options: {
    /** Default 64 KiB; objects that do not fit are named. */
    longestCharacters?: number;
  } = {},
): string {
  const longest = options.longestCharacters ?? LONGEST_TEXT_CHARACTERS;
  const parts: string[] = [];
  const left: ObjectRef[] = [];
  let characters = 0;
  for (const { ref, lines, omittedLines } of diffs) {
    if (lines.length === 0) {
      continue;
    }
    const name = formatObjectRef(ref);
    const part = [
      `--- ${name} (live)`,
      `+++ ${name} (planned)`,
      ...lines,
      ...(omittedLines > 0 ? [`… ${omittedLines} more lines`] : []),
    ].join('\n');
    if (characters + part.length > longest) {
      left.push(ref);
    } else {
      parts.push(part);
      characters += part.length + 1;
    }
  }
  return [
    ...parts,
    ...(left.length === 0
      ? []
      : [`Not shown, for length: ${left.map(formatObjectRef).join(', ')}`]),
  ].join('\n');
}
