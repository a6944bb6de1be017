import { parse } from 'yaml';
import { renderTree } from '../handlebars/renderTree';
import { autoscaledServiceIn } from './autoscaledService';
import { skeletonDirectory } from './skeletonDirectory';

async function podSpec(pullSecretName?: string) {
  const skeleton = autoscaledServiceIn(skeletonDirectory, { pullSecretName });
  const files = await renderTree({
    directory: skeleton.directory,
    values: skeleton.parseValues({
      name: 'odds-api',
      owner: 'group:default/trading',
      namespace: 'betting',
      cluster: 'dev',
    }),
  });
  const deployment = files.find(({ path }) => path === 'k8s/deployment.yaml');
  return parse(String(deployment?.content)).spec.template.spec;
}

describe('the Secret by which pods pull their image', () => {
  it('is in the Deployment where one is configured', async () => {
    expect((await podSpec('registry-account')).imagePullSecrets).toEqual([
      { name: 'registry-account' },
    ]);
  });

  it('is left out where none is', async () => {
    const spec = await podSpec();
    expect(spec.containers).toHaveLength(1);
    expect(spec).not.toHaveProperty('imagePullSecrets');
  });
});
