import { ScalingChainBrokenError } from '../../errors/ScalingChainBrokenError';
import { scalingChain } from '../../testUtils/scalingChain';
import { verifyScaling, VerifyScalingOptions } from '../verifyScaling';

export type ChainUnderTest = Awaited<ReturnType<typeof chainUnderTest>>;

/** A chain of which every link holds, and its verification without any waiting. */
export async function chainUnderTest() {
  const { client, prometheus } = await scalingChain();
  const verify = (options: Partial<VerifyScalingOptions> = {}) =>
    verifyScaling({
      client,
      openPrometheus: () => prometheus,
      target: { namespace: 'betting', scaledObject: 'odds' },
      timeoutSeconds: 0,
      ...options,
    });
  const brokenLink = async (
    options: Partial<VerifyScalingOptions> = {},
  ): Promise<ScalingChainBrokenError> => {
    const error = await verify(options).then(
      () => undefined,
      reason => reason,
    );
    expect(error).toBeInstanceOf(ScalingChainBrokenError);
    return error;
  };
  return { client, prometheus, verify, brokenLink };
}
