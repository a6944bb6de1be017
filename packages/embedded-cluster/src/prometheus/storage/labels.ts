/**
 * Labels of a series: sorted by name, none with an empty value. Never
 * changed, so that what is computed of them can be remembered.
 */
export type Labels = ReadonlyMap<string, string>;

/** The label that holds a metric's name. */
export const METRIC_NAME = '__name__';

export const NO_LABELS: Labels = new Map();

/** Sorts, and leaves out what is empty: a label without a value is no label. */
export function labelsOf(
  entries: Readonly<Record<string, string>> | Iterable<[string, string]>,
): Labels {
  const pairs =
    Symbol.iterator in entries ? [...entries] : Object.entries(entries);
  return new Map(
    pairs
      .filter(([, value]) => value !== '')
      .sort(([a], [b]) => {
        if (a === b) {
          return 0;
        }
        return a < b ? -1 : 1;
      }),
  );
}

const keys = new WeakMap<Labels, string>();

/** Equal for equal labels, different for others. Sorts as Prometheus orders series. */
export function labelsKey(labels: Labels): string {
  let key = keys.get(labels);
  if (key === undefined) {
    key = '';
    for (const [name, value] of labels) {
      key += `${name}\u0000${value}\u0001`;
    }
    keys.set(labels, key);
  }
  return key;
}

/** Changes some labels; an empty value removes one. */
export function withLabels(
  labels: Labels,
  changes: Readonly<Record<string, string>>,
): Labels {
  return labelsOf([...new Map([...labels, ...Object.entries(changes)])]);
}

const nameless = new WeakMap<Labels, Labels>();

/** The same labels object for the same argument. */
export function withoutName(labels: Labels): Labels {
  if (!labels.has(METRIC_NAME)) {
    return labels;
  }
  let rest = nameless.get(labels);
  if (rest === undefined) {
    rest = keepLabels(labels, name => name !== METRIC_NAME);
    nameless.set(labels, rest);
  }
  return rest;
}

export function keepLabels(
  labels: Labels,
  keep: (name: string) => boolean,
): Labels {
  return new Map([...labels].filter(([name]) => keep(name)));
}

/** Half of a character: text that is not UTF-8. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const PLAIN_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** As Prometheus writes labels in its messages: `{__name__="up", job="api"}`. */
export function describeLabels(labels: Labels): string {
  const pairs = [...labels].map(
    ([name, value]) =>
      `${PLAIN_NAME.test(name) ? name : JSON.stringify(name)}=${JSON.stringify(
        value,
      )}`,
  );
  return `{${pairs.join(', ')}}`;
}

/** Prometheus 3 takes any UTF-8 text that is not empty as a label's name. */
export function isLabelName(name: string): boolean {
  return name !== '' && !LONE_SURROGATE.test(name);
}
