import {
  LabelSelector,
  meetsRequirement,
  requirementsOf,
} from './labelSelector';

/** What stands between an object's labels and a selector. */
export type LabelGap =
  | { status: 'none' }
  /** With these besides, the selector selects it. */
  | { status: 'addable'; labels: Record<string, string> }
  /** It has labels that the selector excludes, or wants with other values. */
  | { status: 'contrary'; keys: string[] };

/** The fewest labels that make a selector select an object, which keeps those that it has. */
export function labelsToAdd(
  selector: LabelSelector,
  labels: Record<string, string>,
): LabelGap {
  const requirements = requirementsOf(selector);
  const added: Record<string, string> = {};
  const contrary: string[] = [];
  for (const key of new Set(requirements.map(({ key: of }) => of))) {
    const ofKey = requirements.filter(requirement => requirement.key === key);
    const holds = (candidate: Record<string, string>) =>
      ofKey.every(requirement => meetsRequirement(requirement, candidate));
    if (holds(labels)) {
      continue;
    }
    // A selector that only wants the label to be there takes any value.
    const values = ofKey.find(({ operator }) => operator === 'In')?.values ?? [
      'true',
    ];
    const value = Object.hasOwn(labels, key)
      ? undefined
      : values.find(candidate => holds({ [key]: candidate }));
    if (value === undefined) {
      contrary.push(key);
    } else {
      added[key] = value;
    }
  }
  if (contrary.length > 0) {
    return { status: 'contrary', keys: contrary };
  }
  return Object.keys(added).length === 0
    ? { status: 'none' }
    : { status: 'addable', labels: added };
}
