import { comparable, differingValues } from '../__testUtils__/comparable';
import { EXPRESSIONS, REFUSED } from '../__testUtils__/expressions';
import { RANGE, type RecordedAnswer } from '../__testUtils__/recording';
import { recordedAnswers } from '../__testUtils__/recordings';
import { storeOf } from '../__testUtils__/storeOf';
import { answerBody, errorAnswer, type ApiBody } from '../http/answerBody';
import { queryInstant, queryRange } from './runQuery';

const recording = recordedAnswers();
const environment = {
  store: storeOf(recording.samples),
  evaluationIntervalMilliseconds: 60_000,
};

async function ask({
  query,
  time,
}: RecordedAnswer): Promise<{ code: number; body: ApiBody }> {
  try {
    const answer =
      time === undefined
        ? await queryRange(
            environment,
            query,
            {
              start: RANGE.start * 1000,
              end: RANGE.end * 1000,
              step: RANGE.step * 1000,
            },
            new AbortController().signal,
          )
        : queryInstant(environment, query, Math.round(time * 1000));
    return { code: 200, body: answerBody(answer) };
  } catch (error) {
    return errorAnswer(error);
  }
}

/** Messages that name a place are the grammar's own, and two grammars lose their way at different places. */
function isAboutSyntax(body: unknown): boolean {
  return /unexpected|unclosed|unterminated|error parsing regexp|unknown function|ranges only allowed/.test(
    JSON.stringify(body),
  );
}

const refused = recording.answers.filter(({ query }) =>
  REFUSED.includes(query),
);
const refusedForMeaning = refused.filter(
  ({ code, body }) => code !== 200 && !isAboutSyntax(body),
);

describe('PromQL beside a real Prometheus', () => {
  it('was recorded for more than 150 expressions, each at five times and over a range', () => {
    expect(recording.version).toBe('3.13.1');
    expect(new Set(EXPRESSIONS).size).toBeGreaterThan(150);
    expect(
      EXPRESSIONS.filter(
        query =>
          recording.answers.filter(answer => answer.query === query).length !==
          6,
      ),
    ).toEqual([]);
  });

  it.each(EXPRESSIONS)('gives the same numbers for %s', async query => {
    const recorded = recording.answers.filter(one => one.query === query);
    for (const one of recorded) {
      const { code, body } = await ask(one);
      const ours = comparable(body, query);
      const theirs = comparable(one.body, query);
      expect({ time: one.time, code, shape: ours.shape }).toEqual({
        time: one.time,
        code: one.code,
        shape: theirs.shape,
      });
      expect(differingValues(ours, theirs)).toEqual([]);
    }
  });

  it.each(refused.map(one => [one.query, one] as const))(
    'answers with the same code and kind of error to %s',
    async (query, recorded) => {
      const { code, body } = await ask(recorded);
      expect({ code, ...comparable(body, query) }).toEqual({
        code: recorded.code,
        ...comparable(recorded.body, query),
      });
    },
  );

  it.each(refusedForMeaning.map(one => [one.query, one] as const))(
    'refuses %s in the same words',
    async (_, recorded) => {
      const { body } = await ask(recorded);
      expect(body).toEqual(recorded.body);
    },
  );
});
