import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { SWRConfig } from 'swr';
import { errorResponse } from '../__fixtures__/errorResponse';
import {
  always,
  FixtureScalingApi,
  never,
  Respond,
} from '../__fixtures__/FixtureScalingApi';
import { scalingOut, underLoad } from '../__fixtures__/snapshots';
import { scalingApiRef } from '../api';
import { useScalingSnapshot } from './useScalingSnapshot';

const ODDS = 'component:default/odds-api';
const BETS = 'component:default/bets-api';

function follow(scripts: Record<string, Respond>) {
  const api = new FixtureScalingApi(scripts);
  const cache = new Map();
  const wrapper = ({ children }: PropsWithChildren<{}>) => (
    <TestApiProvider apis={[[scalingApiRef, api]]}>
      <SWRConfig value={{ provider: () => cache }}>{children}</SWRConfig>
    </TestApiProvider>
  );
  const hook = renderHook(
    ({ entityRef }: { entityRef: string | undefined }) =>
      useScalingSnapshot(entityRef),
    {
      wrapper,
      initialProps: { entityRef: ODDS as string | undefined },
    },
  );
  return { api, ...hook };
}

async function pass(milliseconds: number) {
  await act(async () => {
    await jest.advanceTimersByTimeAsync(milliseconds);
  });
}

function setTabVisible(visible: boolean) {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    value: visible ? 'visible' : 'hidden',
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

const unreachable: Respond = async () => {
  throw await errorResponse(502, {
    name: 'ClusterUnreachableError',
    message: 'no answer',
  });
};

const forbidden: Respond = async () => {
  throw await errorResponse(403, { name: 'NotAllowedError', message: 'no' });
};

/** One answer after the other, the last one for good. */
function inTurn(...answers: Respond[]): Respond {
  return (question, options) =>
    answers[Math.min(question, answers.length - 1)](question, options);
}

describe('useScalingSnapshot', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    setTabVisible(true);
    jest.useRealTimers();
  });

  it('is loading until the first answer, then ready', async () => {
    const { result } = follow({ [ODDS]: always(underLoad) });
    expect(result.current.status).toBe('loading');
    await pass(0);
    expect(result.current).toMatchObject({
      status: 'ready',
      value: underLoad,
      fetchedAt: Date.now(),
    });
  });

  it('asks nothing without an entity', async () => {
    const { result, rerender, api } = follow({ [ODDS]: always(underLoad) });
    await pass(0);
    rerender({ entityRef: undefined });
    await pass(60_000);
    expect(result.current.status).toBe('idle');
    expect(api.questions).toHaveLength(1);
  });

  it('asks again every 5 s', async () => {
    const { result, api } = follow({
      [ODDS]: inTurn(always(underLoad), always(scalingOut)),
    });
    await pass(0);
    await pass(4_900);
    expect(api.questions).toHaveLength(1);
    await pass(200);
    expect(api.questions).toHaveLength(2);
    expect(result.current.value).toBe(scalingOut);
    await pass(10_000);
    expect(api.questions).toHaveLength(4);
  });

  it('asks nothing while the tab is hidden, and at once when it is shown again', async () => {
    const { api } = follow({ [ODDS]: always(underLoad) });
    await pass(0);
    setTabVisible(false);
    await pass(120_000);
    expect(api.questions).toHaveLength(1);
    setTabVisible(true);
    await pass(100);
    expect(api.questions).toHaveLength(2);
  });

  it('keeps the last good value and marks it stale while questions fail', async () => {
    const { result } = follow({
      [ODDS]: inTurn(always(underLoad), unreachable),
    });
    await pass(0);
    const fetchedAt = Date.now();
    await pass(5_000);
    expect(result.current).toMatchObject({
      status: 'stale',
      value: underLoad,
      fetchedAt,
    });
    expect(result.current.error?.name).toBe('ResponseError');
  });

  it('asks less often while it fails, and is ready again with the next good answer', async () => {
    const { result, api } = follow({
      [ODDS]: inTurn(
        always(underLoad),
        unreachable,
        unreachable,
        always(scalingOut),
      ),
    });
    await pass(0);
    await pass(5_000);
    await pass(5_000);
    expect(api.questions).toHaveLength(3);
    await pass(9_000);
    expect(api.questions).toHaveLength(3);
    await pass(1_500);
    expect(result.current).toMatchObject({
      status: 'ready',
      value: scalingOut,
    });
  });

  it('is failed where there never was an answer', async () => {
    const { result } = follow({ [ODDS]: unreachable });
    await pass(0);
    expect(result.current.status).toBe('failed');
    expect(result.current.value).toBeUndefined();
  });

  it('drops what it knew once the user may not see it, also when later questions fail', async () => {
    const { result } = follow({
      [ODDS]: inTurn(always(underLoad), forbidden, unreachable),
    });
    await pass(0);
    await pass(5_000);
    expect(result.current.status).toBe('forbidden');
    expect(result.current.value).toBeUndefined();
    await pass(60_000);
    expect(result.current.status).toBe('failed');
    expect(result.current.value).toBeUndefined();
  });

  it('gives up on a question that is not answered within 20 s', async () => {
    const { result, api } = follow({
      [ODDS]: inTurn(always(underLoad), never),
    });
    await pass(0);
    await pass(5_000);
    await pass(20_000);
    expect(api.questions[1].signal?.aborted).toBe(true);
    expect(result.current.status).toBe('stale');
    expect(result.current.error?.message).toContain('within 20 s');
  });

  it('aborts the question under way on unmount', async () => {
    const { unmount, api } = follow({ [ODDS]: never });
    await pass(0);
    expect(api.questions[0].signal?.aborted).toBe(false);
    unmount();
    expect(api.questions[0].signal?.aborted).toBe(true);
    await pass(60_000);
    expect(api.questions).toHaveLength(1);
  });

  it('aborts and forgets the entity that it leaves', async () => {
    const { result, rerender, api } = follow({
      [ODDS]: never,
      [BETS]: always(scalingOut),
    });
    await pass(0);
    rerender({ entityRef: BETS });
    expect(result.current.status).toBe('loading');
    await pass(0);
    expect(api.questions[0].signal?.aborted).toBe(true);
    expect(result.current).toMatchObject({
      status: 'ready',
      value: scalingOut,
    });
    await pass(5_000);
    expect(api.questions.map(question => question.entityRef)).toEqual([
      ODDS,
      BETS,
      BETS,
    ]);
  });

  it('asks at once when told to refresh', async () => {
    const { result, api } = follow({ [ODDS]: always(underLoad) });
    await pass(0);
    await act(() => result.current.refresh());
    expect(api.questions).toHaveLength(2);
  });
});
