import { parser } from '@prometheus-io/lezer-promql';
import { durationSeconds } from '../ports/durationSeconds';

/** What one part of a query reads from the database. */
export interface PromqlSelector {
  /** Such as `requests_total{job="odds"}`. */
  text: string;
  /** Labels that it asks for, whatever of them. */
  labels: string[];
  /** Of its range; undefined where it has none, or one that is computed. */
  windowSeconds?: number;
}

/** The selectors of a PromQL expression, in their order; none of what does not parse. */
export function promqlSelectors(query: string): PromqlSelector[] {
  const selectors: PromqlSelector[] = [];
  let windowSeconds: number | undefined;
  let windowEnds = 0;
  parser.parse(query).iterate({
    enter: node => {
      const text = query.slice(node.from, node.to);
      if (node.name === 'MatrixSelector') {
        const range = /\[\s*([^\]\s]+)\s*\]$/.exec(text)?.[1];
        windowSeconds =
          range === undefined ? undefined : durationSeconds(range);
        windowEnds = node.to;
      } else if (node.name === 'VectorSelector') {
        selectors.push({
          text,
          labels: [],
          ...(node.to < windowEnds && windowSeconds !== undefined
            ? { windowSeconds }
            : {}),
        });
      } else if (
        node.name === 'LabelName' &&
        node.matchContext(['LabelMatchers', 'UnquotedLabelMatcher'])
      ) {
        selectors.at(-1)?.labels.push(text);
      } else if (
        node.name === 'QuotedLabelName' &&
        node.matchContext(['LabelMatchers', 'QuotedLabelMatcher'])
      ) {
        selectors.at(-1)?.labels.push(text.slice(1, -1));
      }
    },
  });
  return selectors;
}
