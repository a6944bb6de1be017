import { ManualClock } from '../../__testUtils__/ManualClock';
import { clockSleep } from '../clockSleep';
import type { Probe } from '../podObject';
import type { ProbeResult } from './probeOnce';
import { runProbe } from './runProbe';

function probe(change: Partial<Probe> = {}): Probe {
  return {
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
    ...change,
  };
}

async function verdictsOf(
  answers: string,
  {
    seconds,
    initially,
    ...change
  }: Partial<Probe> & { seconds: number; initially?: boolean },
) {
  const clock = new ManualClock();
  const abort = new AbortController();
  const begun = clock.now();
  const left = [...answers];
  const asked: number[] = [];
  const verdicts: string[] = [];
  const failures: string[] = [];
  const at = () => (clock.now() - begun) / 1_000;
  const running = runProbe({
    probe: probe(change),
    clock,
    ask: async (): Promise<ProbeResult> => {
      asked.push(at());
      return left.shift() === '+'
        ? { status: 'success' }
        : { status: 'failure', message: 'no' };
    },
    onFailure: message => failures.push(message),
    onVerdict: succeeds => verdicts.push(`${at()}s ${succeeds}`),
    initially,
    pause: milliseconds => clockSleep(clock, milliseconds, abort.signal),
    signal: abort.signal,
  });
  await clock.advanceSettling(seconds * 1_000);
  abort.abort();
  await running;
  return { asked, verdicts, failures };
}

describe('runProbe', () => {
  it('asks at once and then each period', async () => {
    expect(await verdictsOf('++++', { seconds: 25, initially: false })).toEqual(
      { asked: [0, 10, 20], verdicts: ['0s true'], failures: [] },
    );
  });

  it('waits for its initial delay', async () => {
    const { asked } = await verdictsOf('+', {
      seconds: 9,
      initialDelaySeconds: 5,
    });
    expect(asked).toEqual([5]);
  });

  it('changes its mind after enough answers in a row', async () => {
    const { verdicts, failures } = await verdictsOf('+--+---+', {
      seconds: 79,
      initially: false,
    });
    expect(verdicts).toEqual(['0s true', '60s false', '70s true']);
    expect(failures).toHaveLength(5);
  });

  it('needs as many successes as it is told', async () => {
    const { verdicts } = await verdictsOf('++-++++', {
      seconds: 70,
      initially: false,
      successThreshold: 3,
    });
    expect(verdicts).toEqual(['50s true']);
  });

  it('tells a failure once to those who know nothing yet', async () => {
    const { verdicts } = await verdictsOf('-----', {
      seconds: 45,
      failureThreshold: 2,
    });
    expect(verdicts).toEqual(['10s false']);
  });
});
