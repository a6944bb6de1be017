import { errorResponse } from '../__fixtures__/errorResponse';
import { failureAdvice } from './failureAdvice';

describe('failureAdvice', () => {
  it("gives the backend's own reason, as a sentence", async () => {
    const error = await errorResponse(502, {
      name: 'ClusterUnreachableError',
      message: "Cluster 'dev' does not answer",
    });
    expect(failureAdvice(error)).toEqual({
      reason: "Cluster 'dev' does not answer.",
      nextStep:
        'Try again. If it stays like this, show this message to your platform team.',
    });
  });

  it.each([
    [401, 'AuthenticationError', 'Sign in again'],
    [403, 'NotAllowedError', 'sportsbook.scaling.read'],
    [404, 'NotFoundError', 'Check that the entity is in the catalog'],
    [404, 'Error', '@sportsbook/plugin-sportsbook-scaling-backend'],
    [503, 'ServiceUnavailableError', 'Wait a moment'],
  ])('knows what to do about %d %s', async (status, name, nextStep) => {
    const error = await errorResponse(status, { name, message: 'no' });
    expect(failureAdvice(error).nextStep).toContain(nextStep);
  });

  it('says that Backstage itself is not reached', () => {
    expect(failureAdvice(new TypeError('Failed to fetch')).nextStep).toContain(
      'Backstage could not be reached',
    );
  });
});
