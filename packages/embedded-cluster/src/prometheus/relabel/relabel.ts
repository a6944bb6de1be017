import { createHash } from 'node:crypto';
import type { RelabelRule } from '../config/relabelSchema';
import { compileRe2 } from '../regex/compileRe2';
import { expandTemplate } from '../regex/expandTemplate';
import { isLabelName, labelsOf, type Labels } from '../storage/labels';

/** Rules made ready: their regular expressions compiled. */
export type Relabeling = readonly {
  rule: RelabelRule;
  regex: RegExp;
}[];

export function prepareRelabeling(rules: readonly RelabelRule[]): Relabeling {
  return rules.map(rule => ({ rule, regex: compileRe2(rule.regex) }));
}

/** The last eight bytes of the MD5, as one number, modulo. */
function hashModulo(text: string, modulus: number): string {
  const digest = createHash('md5').update(text).digest();
  return String(digest.readBigUInt64BE(8) % BigInt(modulus));
}

function setLabel(
  labels: Map<string, string>,
  name: string,
  value: string,
): void {
  if (value === '') {
    labels.delete(name);
  } else {
    labels.set(name, value);
  }
}

/** @returns false where the rule drops everything */
function applyRule(
  { rule, regex }: Relabeling[number],
  labels: Map<string, string>,
): boolean {
  const { target_label: target, replacement } = rule;
  const value = (rule.source_labels ?? [])
    .map(name => labels.get(name) ?? '')
    .join(rule.separator);
  switch (rule.action) {
    case 'keep':
      return regex.test(value);
    case 'drop':
      return !regex.test(value);
    case 'keepequal':
      return (labels.get(target) ?? '') === value;
    case 'dropequal':
      return (labels.get(target) ?? '') !== value;
    case 'replace': {
      const match = regex.exec(value);
      if (match) {
        const name = expandTemplate(target, match);
        if (isLabelName(name)) {
          setLabel(labels, name, expandTemplate(replacement, match));
        }
      }
      return true;
    }
    case 'lowercase':
      setLabel(labels, target, value.toLowerCase());
      return true;
    case 'uppercase':
      setLabel(labels, target, value.toUpperCase());
      return true;
    case 'hashmod':
      setLabel(labels, target, hashModulo(value, rule.modulus));
      return true;
    case 'labelmap':
      for (const [name, of] of [...labels]) {
        const match = regex.exec(name);
        if (match) {
          setLabel(labels, expandTemplate(replacement, match), of);
        }
      }
      return true;
    default: {
      // labeldrop, labelkeep
      const keeps = rule.action === 'labelkeep';
      for (const name of [...labels.keys()]) {
        if (regex.test(name) !== keeps) {
          labels.delete(name);
        }
      }
      return true;
    }
  }
}

/** Applies rules one after another. @returns undefined where one of them drops the target or sample */
export function relabel(
  labels: Labels,
  relabeling: Relabeling,
): Labels | undefined {
  if (relabeling.length === 0) {
    return labels;
  }
  const changed = new Map(labels);
  for (const step of relabeling) {
    if (!applyRule(step, changed)) {
      return undefined;
    }
  }
  return labelsOf(changed);
}
