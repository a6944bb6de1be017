import { podSpec } from '../manifests/pod.mjs';

const jobOf = (name, script, spec) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    ...spec,
    template: { spec: { ...podSpec(script), restartPolicy: 'Never' } },
  },
});

/** Work that ends, well or badly. */
export const jobs = {
  name: 'jobs',
  steps: [
    { run: 'apply -f -', input: jobOf('load', "console.log('done')") },
    {
      run: 'apply -f -',
      input: jobOf('broken', 'process.exit(1)', { backoffLimit: 0 }),
    },
    { run: 'wait job/load --for=condition=Complete --timeout=40s' },
    { run: 'wait job/broken --for=condition=Failed --timeout=40s' },
    { run: 'get jobs' },
    { run: 'get jobs -o wide' },
    { run: 'get job load -o yaml' },
    { run: 'describe job load' },
    { run: 'describe job broken' },
    { run: 'logs job/load' },
    { run: 'get pods -l job-name=load' },
    { run: 'create job quick --image=node:22-slim -- node -e console.log(1)' },
    { run: 'wait job/quick --for=condition=Complete --timeout=40s' },
    { run: ['patch', 'job', 'load', '-p', '{"spec":{"completions":4}}'] },
    { run: 'delete job load broken quick' },
    { run: 'get pods', until: /No resources/ },
  ],
};
