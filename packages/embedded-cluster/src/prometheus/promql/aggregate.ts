import {
  isLabelName,
  keepLabels,
  labelsKey,
  METRIC_NAME,
  withLabels,
  type Labels,
} from '../storage/labels';
import type { Grouping } from './expression';
import { formatPlain } from './formatNumber';
import { PromqlExecutionError } from './PromqlError';
import { meanOf, quantileOf, sumOf, varianceOf } from './sums';
import type { Vector, VectorSample } from './values';

interface Group {
  labels: Labels;
  samples: VectorSample[];
}

/** Remembers the group of each series, since a range query asks at every step. */
export class GroupingMemory {
  readonly #known = new WeakMap<Labels, Labels>();
  readonly #keep: (name: string) => boolean;

  constructor({ without, labels }: Grouping) {
    const listed = new Set(labels);
    this.#keep = without
      ? name => name !== METRIC_NAME && !listed.has(name)
      : name => listed.has(name);
  }

  groupOf(labels: Labels): Labels {
    let group = this.#known.get(labels);
    if (group === undefined) {
      group = keepLabels(labels, this.#keep);
      this.#known.set(labels, group);
    }
    return group;
  }

  groups(samples: Vector): Group[] {
    const groups = new Map<string, Group>();
    for (const sample of samples) {
      const labels = this.groupOf(sample.labels);
      const key = labelsKey(labels);
      const group = groups.get(key) ?? { labels, samples: [] };
      group.samples.push(sample);
      groups.set(key, group);
    }
    return [...groups.values()];
  }
}

function extreme(isBetter: (value: number, best: number) => boolean) {
  return (values: number[]) =>
    values.reduce((best, value) =>
      isBetter(value, best) || Number.isNaN(best) ? value : best,
    );
}

function ofFinite(of: (values: number[]) => number) {
  return (values: number[]) =>
    values.every(Number.isFinite) ? of(values) : NaN;
}

/** Aggregations that make one value of a group's. */
const REDUCTIONS: ReadonlyMap<
  string,
  (values: number[], parameter: number) => number
> = new Map<string, (values: number[], parameter: number) => number>([
  ['sum', sumOf],
  ['avg', meanOf],
  ['min', extreme((value, best) => value < best)],
  ['max', extreme((value, best) => value > best)],
  ['count', values => values.length],
  ['group', () => 1],
  ['stdvar', ofFinite(varianceOf)],
  ['stddev', ofFinite(values => Math.sqrt(varianceOf(values)))],
  ['quantile', (values, phi) => quantileOf(phi, values)],
]);

/** Not a number comes last in either order. */
export function byValue(direction: 1 | -1) {
  return (a: VectorSample, b: VectorSample): number => {
    if (Number.isNaN(a.value) || Number.isNaN(b.value)) {
      return Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));
    }
    return (a.value - b.value || 0) * direction;
  };
}

/**
 * `sum`, `topk` and the others that take a number or nothing.
 *
 * @param parameter - φ, or how many; not looked at by most
 */
export function aggregate(
  operator: string,
  samples: Vector,
  memory: GroupingMemory,
  parameter: number,
): Vector {
  const groups = memory.groups(samples);
  if (operator === 'topk' || operator === 'bottomk') {
    if (Number.isNaN(parameter)) {
      throw new PromqlExecutionError('Parameter value is NaN');
    }
    const count = Math.max(0, Math.trunc(parameter));
    return groups.flatMap(group =>
      group.samples.sort(byValue(operator === 'topk' ? -1 : 1)).slice(0, count),
    );
  }
  const reduce = REDUCTIONS.get(operator);
  if (reduce === undefined) {
    throw new PromqlExecutionError(
      `the embedded Prometheus does not have the aggregation ${operator}`,
    );
  }
  return groups.map(group => ({
    labels: group.labels,
    value: reduce(
      group.samples.map(({ value }) => value),
      parameter,
    ),
  }));
}

/** `count_values`: how many elements have each value, which becomes a label. */
export function countValues(
  label: string,
  samples: Vector,
  { without, labels }: Grouping,
): Vector {
  if (!isLabelName(label)) {
    throw new PromqlExecutionError(
      `invalid label name ${JSON.stringify(label)}`,
    );
  }
  const memory = new GroupingMemory({
    without,
    labels: without ? labels : [...labels, label],
  });
  return memory
    .groups(
      samples.map(({ labels: of, value }) => ({
        labels: withLabels(of, { [label]: formatPlain(value) }),
        value,
      })),
    )
    .map(group => ({ labels: group.labels, value: group.samples.length }));
}
