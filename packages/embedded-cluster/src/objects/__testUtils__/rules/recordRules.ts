/**
 * Asks a real cluster about the rules of definitions and writes what it answers
 * to `ruleAnswers.json.gz`. From packages/embedded-cluster, with KUBECONFIG set:
 *
 *     node --require @backstage/cli-node/config/nodeTransform.cjs \
 *       src/objects/__testUtils__/rules/recordRules.ts
 *
 * It makes the definition `ruled.x-rules.example.com` and takes it away.
 */
import { writeFileSync } from 'node:fs';
import { Agent, request as send, type RequestOptions } from 'node:https';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { KubeConfig } from '@kubernetes/client-node';
import { EVALUATED_RULES, RULED_SPECS } from './evaluatedRules';
import { REFUSED_RULES } from './refusedRules';
import { ruledDefinition } from './ruledDefinition';
import { ruledObject } from './ruledObject';
import type { RecordedRules, RuleAnswer } from './RecordedRules';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const OBJECTS = '/apis/x-rules.example.com/v1/ruled';
const SERVED_WITHIN_ATTEMPTS = 100;

type Call = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<RuleAnswer>;

async function connect(): Promise<{ call: Call; close(): void }> {
  const config = new KubeConfig();
  config.loadFromDefault();
  const server = config.getCurrentCluster()?.server;
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { ca, cert, key } = options;
  const agent = new Agent({ keepAlive: true, ca, cert, key });
  const call: Call = (method, path, body) =>
    new Promise((done, fail) => {
      const outgoing = send(
        new URL(path, server),
        { method, agent, headers: { 'Content-Type': 'application/json' } },
        response => {
          text(response)
            .then(answer => {
              const code = response.statusCode ?? 0;
              if (code !== 422) {
                done({ code });
                return;
              }
              const { reason, details } = JSON.parse(answer);
              done({ code, reason, causes: details?.causes });
            })
            .catch(fail);
        },
      );
      outgoing.on('error', fail);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return { call, close: () => agent.destroy() };
}

async function untilServed(call: Call, wanted: number): Promise<void> {
  for (let attempt = 0; attempt < SERVED_WITHIN_ATTEMPTS; attempt++) {
    if ((await call('GET', OBJECTS)).code === wanted) {
      return;
    }
    await wait(200);
  }
  throw new Error(`${OBJECTS} does not answer ${wanted}`);
}

async function record(call: Call): Promise<RecordedRules> {
  const refusals: RuleAnswer[] = [];
  for (const one of REFUSED_RULES) {
    refusals.push(
      await call('POST', `${DEFINITIONS}?dryRun=All`, ruledDefinition([one])),
    );
  }
  const evaluations: RuleAnswer[] = [];
  const made = await call(
    'POST',
    DEFINITIONS,
    ruledDefinition(EVALUATED_RULES),
  );
  if (made.code !== 201) {
    throw new Error(`the definition is refused: ${JSON.stringify(made)}`);
  }
  try {
    await untilServed(call, 200);
    for (const spec of RULED_SPECS) {
      evaluations.push(
        await call('POST', `${OBJECTS}?dryRun=All`, ruledObject(spec)),
      );
    }
  } finally {
    await call('DELETE', `${DEFINITIONS}/ruled.x-rules.example.com`);
    await untilServed(call, 404);
  }
  return { refusals, evaluations };
}

async function main(): Promise<void> {
  const { call, close } = await connect();
  try {
    const recorded = await record(call);
    const file = resolve(__dirname, '../../__fixtures__/ruleAnswers.json.gz');
    writeFileSync(file, gzipSync(JSON.stringify(recorded), { level: 9 }));
    process.stdout.write(
      `${recorded.refusals.length} definitions, ${recorded.evaluations.length} objects in ${file}\n`,
    );
  } finally {
    close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
