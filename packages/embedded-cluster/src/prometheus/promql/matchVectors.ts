import {
  describeLabels,
  keepLabels,
  labelsKey,
  METRIC_NAME,
  withLabels,
  withoutName,
  type Labels,
} from '../storage/labels';
import { ARITHMETIC, operate } from './binaryOperators';
import type { BinaryExpression, Matching } from './expression';
import { PromqlExecutionError } from './PromqlError';
import type { Vector, VectorSample } from './values';

/** The labels by which elements of both sides find each other. */
function matchingLabels(matching: Matching): (labels: Labels) => Labels {
  const listed = new Set(matching.labels);
  return matching.clause === 'on'
    ? labels => keepLabels(labels, name => listed.has(name))
    : labels =>
        keepLabels(labels, name => name !== METRIC_NAME && !listed.has(name));
}

/** Remembers each series' partner key, since a range query asks at every step. */
export class MatchMemory {
  readonly labelsOf: (labels: Labels) => Labels;
  readonly #keys = new WeakMap<Labels, string>();
  readonly #results = new WeakMap<Labels, WeakMap<Labels, Labels>>();

  constructor(matching: Matching) {
    this.labelsOf = matchingLabels(matching);
  }

  keyOf(labels: Labels): string {
    let key = this.#keys.get(labels);
    if (key === undefined) {
      key = labelsKey(this.labelsOf(labels));
      this.#keys.set(labels, key);
    }
    return key;
  }

  /** The labels of what comes of two elements, made once. */
  resultOf(many: Labels, one: Labels, make: () => Labels): Labels {
    const results = this.#results.get(many) ?? new WeakMap<Labels, Labels>();
    this.#results.set(many, results);
    const result = results.get(one) ?? make();
    results.set(one, result);
    return result;
  }
}

/** `and`, `or`, `unless`. */
export function combineSets(
  operator: string,
  left: Vector,
  right: Vector,
  memory: MatchMemory,
): Vector {
  const keysOf = (samples: Vector) =>
    new Set(samples.map(({ labels }) => memory.keyOf(labels)));
  if (operator === 'or') {
    const present = keysOf(left);
    return [
      ...left,
      ...right.filter(({ labels }) => !present.has(memory.keyOf(labels))),
    ];
  }
  const present = keysOf(right);
  return left.filter(
    ({ labels }) => present.has(memory.keyOf(labels)) === (operator === 'and'),
  );
}

function resultLabels(
  many: Labels,
  one: Labels,
  { operator, bool, matching }: BinaryExpression,
): Labels {
  const labels = bool || ARITHMETIC.has(operator) ? withoutName(many) : many;
  if (matching.group !== undefined) {
    return withLabels(
      labels,
      Object.fromEntries(
        matching.include.map(name => [name, one.get(name) ?? '']),
      ),
    );
  }
  const listed = new Set(matching.labels);
  return matching.clause === 'on'
    ? keepLabels(labels, name => listed.has(name))
    : keepLabels(labels, name => !listed.has(name));
}

function onlyPerKey(
  samples: Vector,
  side: 'left' | 'right',
  memory: MatchMemory,
): Map<string, VectorSample> {
  const only = new Map<string, VectorSample>();
  for (const sample of samples) {
    const key = memory.keyOf(sample.labels);
    const other = only.get(key);
    if (other) {
      const group = describeLabels(memory.labelsOf(sample.labels));
      throw new PromqlExecutionError(
        `found duplicate series for the match group ${group} on the ${side} hand-side of the operation: [${describeLabels(
          sample.labels,
        )}, ${describeLabels(
          other.labels,
        )}];many-to-many matching not allowed: matching labels must be unique on one side`,
      );
    }
    only.set(key, sample);
  }
  return only;
}

/**
 * Arithmetic and comparison between two vectors.
 *
 * @throws PromqlExecutionError where it is not clear who belongs to whom
 */
export function operateVectors(
  binary: BinaryExpression,
  left: Vector,
  right: Vector,
  memory: MatchMemory,
): Vector {
  if (left.length === 0 || right.length === 0) {
    return [];
  }
  const { operator, bool, matching } = binary;
  const isSwapped = matching.group === 'right';
  const [manySide, oneSide] = isSwapped ? [right, left] : [left, right];
  const ones = onlyPerKey(oneSide, isSwapped ? 'left' : 'right', memory);
  const seen = new Set<string>();
  const result: VectorSample[] = [];
  for (const many of manySide) {
    const key = memory.keyOf(many.labels);
    const one = ones.get(key);
    if (one === undefined) {
      continue;
    }
    const [a, b] = isSwapped
      ? [one.value, many.value]
      : [many.value, one.value];
    const { value, keep } = operate(operator, a, b);
    const labels = memory.resultOf(many.labels, one.labels, () =>
      resultLabels(many.labels, one.labels, binary),
    );
    const mark =
      matching.group === undefined ? key : `${key}\u0002${labelsKey(labels)}`;
    if (seen.has(mark)) {
      throw new PromqlExecutionError(
        matching.group === undefined
          ? 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)'
          : 'multiple matches for labels: grouping labels must ensure unique matches',
      );
    }
    seen.add(mark);
    if (bool) {
      result.push({ labels, value: keep ? 1 : 0 });
    } else if (keep) {
      result.push({ labels, value });
    }
  }
  return result;
}

/** Arithmetic and comparison between a vector and a number; a comparison keeps the vector's values. */
export function operateWithScalar(
  { operator, bool }: BinaryExpression,
  samples: Vector,
  scalar: number,
  isScalarLeft: boolean,
): Vector {
  const dropsName = bool || ARITHMETIC.has(operator);
  const result: VectorSample[] = [];
  for (const sample of samples) {
    const { value, keep } = isScalarLeft
      ? operate(operator, scalar, sample.value)
      : operate(operator, sample.value, scalar);
    const labels = dropsName ? withoutName(sample.labels) : sample.labels;
    if (bool) {
      result.push({ labels, value: keep ? 1 : 0 });
    } else if (ARITHMETIC.has(operator)) {
      result.push({ labels, value });
    } else if (keep) {
      result.push({ labels, value: sample.value });
    }
  }
  return result;
}
