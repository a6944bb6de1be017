import { TemplateRun } from '../../testing/dryRunTemplate';
import { OUTPUTS, runTemplate } from './runTemplate';

const idsOf = ({ steps }: TemplateRun) => steps.map(({ id }) => id);

const inputOf = ({ steps }: TemplateRun, id: string) =>
  steps.find(step => step.id === id)?.input;

describe('the steps', () => {
  it('look, plan, install and check again', async () => {
    const run = await runTemplate({ cluster: 'dev' });
    expect(idsOf(run)).toEqual(['inspect', 'plan', 'install', 'verify']);
    expect(inputOf(run, 'plan')).toMatchObject({ cluster: 'dev', plan: true });
    expect(inputOf(run, 'install')).not.toHaveProperty('plan');
    expect(inputOf(run, 'verify')).toMatchObject({ requireReady: true });
    expect(run.output).toMatchObject({
      isReady: true,
      decisions: OUTPUTS['platform:install'].decisions,
      changeSet: OUTPUTS['platform:install'].changeSet,
      links: [
        {
          title: 'Create a service that scales',
          url: '/create/templates/default/sportsbook-autoscaled-service',
        },
      ],
      text: [
        { title: 'What was there', content: '| KEDA | absent |' },
        { title: 'What is there now' },
        { title: 'What has changed', content: '| object | created |' },
      ],
    });
  });

  it('end after the plan in a preview', async () => {
    const run = await runTemplate({ cluster: 'dev', preview: true });
    expect(idsOf(run)).toEqual(['inspect', 'plan']);
    expect(run.output).toMatchObject({
      changeSet: OUTPUTS['platform:install'].changeSet,
      links: [],
      text: [
        { title: 'What was there' },
        {
          title: 'What would change',
          content: expect.stringContaining('| object | created |'),
        },
      ],
    });
  });

  it('remove only what was asked for by the name that was typed', async () => {
    const answers = { cluster: 'dev', action: 'remove', confirmCluster: 'de' };
    const run = await runTemplate(answers);
    expect(idsOf(run)).toEqual(['inspect', 'planRemoval', 'remove']);
    expect(inputOf(run, 'remove')).toMatchObject({ confirmCluster: 'de' });
    expect(run.output).toMatchObject({
      changeSet: OUTPUTS['platform:remove'].changeSet,
    });
    const preview = await runTemplate({ ...answers, preview: true });
    expect(idsOf(preview)).toEqual(['inspect', 'planRemoval']);
  });

  it('leave out a namespace that was typed before another choice hid it', async () => {
    const run = await runTemplate({
      cluster: 'dev',
      scope: 'cluster',
      namespace: 'betting',
      definitions: 'all',
    });
    expect(inputOf(run, 'install')).toMatchObject({ definitions: 'all' });
    expect(inputOf(run, 'install')).not.toHaveProperty('namespace');
  });

  it('ask less of a cluster of which one namespace is seen', async () => {
    const run = await runTemplate({
      cluster: 'dev',
      scope: 'namespace',
      namespace: 'betting',
      definitions: 'all',
    });
    expect(inputOf(run, 'install')).toMatchObject({
      scope: 'namespace',
      namespace: 'betting',
    });
    expect(inputOf(run, 'install')).not.toHaveProperty('definitions');
    expect(inputOf(run, 'verify')).toMatchObject({ requireReady: false });
  });
});
