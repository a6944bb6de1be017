import { runAction } from '../__testUtils__/actionRun';
import { deliveryOfProd } from '../__testUtils__/deliverySettings';
import { createDeliveryDescribeAction } from './deliveryDescribe';

const describeCluster = async (delivery: object | string, cluster = 'prod') => {
  const { outputs, lines } = await runAction(
    createDeliveryDescribeAction({
      deliveryOf: deliveryOfProd(JSON.parse(JSON.stringify(delivery))),
    }),
    { input: { cluster }, workspacePath: '.' },
  );
  return { outputs, lines };
};

describe('delivery:describe', () => {
  it.each([
    ['apply', false],
    ['none', false],
  ])('says that a cluster is set to %s', async (type, isGitOps) => {
    const { outputs } = await describeCluster(type);
    expect(outputs).toEqual({ type, isGitOps });
  });

  it('says who delivers, in the log too', async () => {
    const { outputs, lines } = await describeCluster({
      type: 'argocd',
      register: 'cluster',
      project: 'betting',
    });
    expect(outputs).toEqual({ type: 'argocd', isGitOps: true });
    expect(lines).toEqual([
      "info: Manifests get onto cluster 'prod' by Argo CD",
    ]);
  });

  it('takes a cluster that is not listed for one that Backstage writes to', async () => {
    const { outputs } = await describeCluster('none', 'dev');
    expect(outputs).toEqual({ type: 'apply', isGitOps: false });
  });
});
