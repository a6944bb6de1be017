import {
  justCreated,
  pausedWithGap,
  prometheusDown,
  underLoad,
} from '../__fixtures__/snapshots';
import { problemTitle, sourceProblems } from './sourceProblems';

describe('sourceProblems', () => {
  it('finds none where every source answers', () => {
    expect(sourceProblems(underLoad)).toEqual([]);
  });

  it('says an outage of Prometheus once, though it feeds two sources', () => {
    const problems = sourceProblems(prometheusDown);
    expect(problems.map(problem => problem.source)).toEqual(['Prometheus']);
    expect(problemTitle(problems[0], '21:02')).toBe(
      'Prometheus has not answered since 21:02',
    );
  });

  it('tells an old value from a missing one', () => {
    expect(
      sourceProblems(pausedWithGap).map(problem => [
        problem.source,
        problem.failure,
        problem.showsOldValue,
      ]),
    ).toEqual([
      ['The HorizontalPodAutoscaler', 'failed', true],
      ['The event list', 'forbidden', false],
    ]);
  });

  it('says once what keeps every source from being read', () => {
    const cause = "Backstage's kubernetes plugin knows no cluster 'dev'.";
    const failed = { status: 'failed', message: cause, since: 0 } as const;
    const without = { ...failed, message: `Without it: ${cause}` };
    const problems = sourceProblems({
      ...underLoad,
      scaledObject: failed,
      autoscaler: failed,
      workload: without,
      requestsPerSecond: without,
      history: without,
      events: { ...failed, message: 'The event list is too long.' },
    });
    expect(problems.map(({ source, message }) => [source, message])).toEqual([
      ['The ScaledObject', cause],
      ['The event list', 'The event list is too long.'],
    ]);
  });

  it('leaves an autoscaler that is on its way to the sentence', () => {
    expect(sourceProblems(justCreated)).toEqual([]);
    const [problem] = sourceProblems({
      ...justCreated,
      verdict: { state: 'broken', sentence: 'KEDA makes no autoscaler.' },
    });
    expect(problemTitle(problem, '21:02')).toBe(
      'The HorizontalPodAutoscaler does not exist yet',
    );
  });

  it('does not blame Prometheus for having no series yet', () => {
    const [rate] = sourceProblems({
      ...underLoad,
      requestsPerSecond: { status: 'absent', message: 'no series', since: 0 },
      history: { status: 'absent', message: 'no series', since: 0 },
    });
    expect(problemTitle(rate, '21:02')).toBe(
      'No requests have been measured yet',
    );
  });
});
