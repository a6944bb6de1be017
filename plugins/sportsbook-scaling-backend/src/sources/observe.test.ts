import { mockLogger } from '../__testUtils__/mockLogger';
import { seen } from './Observation';
import { observe } from './observe';

const hang = (signal: AbortSignal) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason)),
  );

describe('observe', () => {
  it('passes on what was seen', async () => {
    const logger = mockLogger();
    expect(
      await observe(async () => seen(5), {
        what: 'It',
        timeoutSeconds: 1,
        logger,
      }),
    ).toEqual({ ok: true, value: 5 });
  });

  it('calls a source that takes too long unreachable', async () => {
    const logger = mockLogger();
    expect(
      await observe(hang, { what: 'It', timeoutSeconds: 0.01, logger }),
    ).toEqual({
      ok: false,
      failure: 'unreachable',
      message: 'It did not answer within 0.01 s.',
    });
  });

  it('rejects with the reason when aborted', async () => {
    const logger = mockLogger();
    const controller = new AbortController();
    const result = observe(hang, {
      what: 'It',
      timeoutSeconds: 10,
      logger,
      signal: controller.signal,
    });
    controller.abort(new Error('shutting down'));
    await expect(result).rejects.toThrow('shutting down');
  });

  it('logs an error that was not written for viewers, and does not show it', async () => {
    const logger = mockLogger();
    const error = new TypeError('token abc is not iterable');

    const observation = await observe(
      async () => {
        throw error;
      },
      { what: 'It', timeoutSeconds: 1, logger },
    );

    expect(observation).toEqual({
      ok: false,
      failure: 'failed',
      message: "It could not be read; the reason is in Backstage's log.",
    });
    expect(logger.error).toHaveBeenCalledWith('It could not be read', error);
  });
});
