import { withCurrentPoint } from './withCurrentPoint';

const history = {
  from: 0,
  to: 30,
  stepSeconds: 15,
  requestsPerSecond: [{ at: 30, requestsPerSecond: 10 }],
  replicas: [{ at: 30, replicas: 2 }],
};

describe('withCurrentPoint', () => {
  it('adds what was read after the last step', () => {
    expect(
      withCurrentPoint(history, { at: 37, requestsPerSecond: 12, replicas: 3 }),
    ).toEqual({
      ...history,
      to: 37,
      requestsPerSecond: [
        { at: 30, requestsPerSecond: 10 },
        { at: 37, requestsPerSecond: 12 },
      ],
      replicas: [
        { at: 30, replicas: 2 },
        { at: 37, replicas: 3 },
      ],
    });
  });

  it('leaves a gap where something is not known', () => {
    expect(withCurrentPoint(history, { at: 37, replicas: 3 })).toMatchObject({
      to: 37,
      requestsPerSecond: history.requestsPerSecond,
    });
  });

  it('adds nothing to a step that ends just now', () => {
    expect(withCurrentPoint(history, { at: 30, replicas: 3 })).toEqual(history);
  });
});
