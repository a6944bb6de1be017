import { notSeen, seen } from './Observation';
import { SourceMemory } from './SourceMemory';

const memory = () => new SourceMemory<number>({ keepStaleSeconds: 60 });

describe('SourceMemory', () => {
  it('keeps the last value while the source is silent', () => {
    const rates = memory();
    rates.settle('a', seen(5), 100);

    expect(rates.settle('a', notSeen('unreachable', 'gone'), 110)).toEqual({
      status: 'stale',
      value: 5,
      observedAt: 100,
      failure: 'unreachable',
      message: 'gone',
    });
    expect(rates.settle('a', notSeen('failed', 'odd'), 160)).toMatchObject({
      status: 'stale',
      observedAt: 100,
      failure: 'failed',
    });
  });

  it('lets go of a value that is older than it may be shown', () => {
    const rates = memory();
    rates.settle('a', seen(5), 100);

    expect(rates.settle('a', notSeen('unreachable', 'gone'), 161)).toEqual({
      status: 'unreachable',
      message: 'gone',
      since: 161,
    });
  });

  it.each(['absent', 'forbidden', 'notInstalled'] as const)(
    'does not show as late what is %s by now, nor later',
    failure => {
      const rates = memory();
      rates.settle('a', seen(5), 100);

      expect(rates.settle('a', notSeen(failure, 'no'), 110)).toEqual({
        status: failure,
        message: 'no',
        since: 110,
      });
      expect(
        rates.settle('a', notSeen('unreachable', 'gone'), 111),
      ).toMatchObject({ status: 'unreachable' });
    },
  );

  it('tells since when a source fails in the same way', () => {
    const rates = memory();
    rates.settle('a', notSeen('absent', 'none'), 100);

    expect(rates.settle('a', notSeen('absent', 'none'), 110)).toMatchObject({
      since: 100,
    });
    expect(rates.settle('a', notSeen('forbidden', 'no'), 120)).toMatchObject({
      since: 120,
    });
    rates.settle('a', seen(5), 130);
    expect(rates.settle('a', notSeen('forbidden', 'no'), 140)).toMatchObject({
      since: 140,
    });
  });

  it('does not mix up services', () => {
    const rates = memory();
    rates.settle('a', seen(5), 100);

    expect(
      rates.settle('b', notSeen('unreachable', 'gone'), 110),
    ).toMatchObject({ status: 'unreachable' });
  });
});
