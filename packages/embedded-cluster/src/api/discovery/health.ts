import type { ApiServices } from '../ApiServerOptions';
import { send } from '../answer/send';
import type { Exchange } from '../request/Exchange';
import { messageOf } from '../../runtime/messageOf';

const TEXT = {
  contentType: 'text/plain; charset=utf-8',
  headers: { 'X-Content-Type-Options': 'nosniff' },
};

interface Check {
  name: string;
  run(): void;
}

/**
 * `/livez`, `/readyz`, `/healthz`, with `?verbose`, `?exclude=` and single
 * checks below them.
 *
 * @returns false for other paths
 */
export async function answerHealth(
  exchange: Exchange,
  { objects }: Pick<ApiServices, 'objects'>,
): Promise<boolean> {
  const [root, single, ...rest] = exchange.info.path.slice(1).split('/');
  if (!['livez', 'readyz', 'healthz'].includes(root) || rest.length > 0) {
    return false;
  }
  const all: Check[] = [
    { name: 'ping', run: () => {} },
    // What is stored can be read.
    { name: 'objects', run: () => void objects.resourceVersion() },
    {
      name: 'namespaces',
      run: () => {
        const type = objects.typeOf('v1', 'Namespace');
        if (!type || objects.list(type, { limit: 1 }).items.length === 0) {
          throw new Error('there is no namespace');
        }
      },
    },
  ];
  const excluded = exchange.query.getAll('exclude');
  const checks = all.filter(({ name }) =>
    single ? name === single : !excluded.includes(name),
  );
  if (checks.length === 0) {
    return false;
  }
  const results = checks.map(check => ({ ...check, error: errorOf(check) }));
  const healthy = results.every(({ error }) => error === undefined);
  if (healthy && !exchange.query.has('verbose')) {
    await send(exchange, { code: 200, body: 'ok', ...TEXT });
    return true;
  }
  const lines = results.map(({ name, error }) =>
    error === undefined ? `[+]${name} ok` : `[-]${name} failed: ${error}`,
  );
  await send(exchange, {
    code: healthy ? 200 : 500,
    body: `${lines.join('\n')}\n${root} check ${
      healthy ? 'passed' : 'failed'
    }\n`,
    ...TEXT,
  });
  return true;
}

function errorOf({ run }: Check): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
