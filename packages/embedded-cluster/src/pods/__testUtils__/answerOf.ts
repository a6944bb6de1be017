import type { TestNode } from './TestNode';

/** Runs a program in a pod of its own and gives what it printed last, as JSON. */
export async function answerOf(
  node: TestNode,
  name: string,
  program: string,
  container: Record<string, unknown> = {},
  spec: Record<string, unknown> = {},
): Promise<unknown> {
  node.runPod(
    name,
    {
      command: [
        'node',
        '-e',
        `(async () => { ${program} })().then(value => console.log(JSON.stringify(value)))`,
      ],
      securityContext: { readOnlyRootFilesystem: true },
      ...container,
    },
    { restartPolicy: 'Never', ...spec },
  );
  await node.until(name, ({ status }) =>
    ['Succeeded', 'Failed'].includes(status.phase ?? ''),
  );
  const text = await node.logs(name);
  try {
    return JSON.parse(text.trim().split('\n').at(-1) ?? '');
  } catch {
    throw new Error(`the pod said: ${text}`);
  }
}
