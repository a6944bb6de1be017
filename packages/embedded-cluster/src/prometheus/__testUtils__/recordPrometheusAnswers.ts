/**
 * Asks a real Prometheus, empty and started with
 * `--web.enable-remote-write-receiver`, and writes what it answers:
 *
 *     node --require @backstage/cli-node/config/nodeTransform.cjs \
 *       src/prometheus/__testUtils__/recordPrometheusAnswers.ts http://127.0.0.1:9090
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { EXPRESSIONS, REFUSED } from './expressions';
import {
  INSTANTS,
  RANGE,
  START_SECONDS,
  type RecordedAnswer,
  type Recording,
} from './recording';
import { remoteWrite } from './remoteWrite';
import { scriptedSamples } from './scriptedSamples';

async function ask(
  url: string,
  endpoint: string,
  parameters: Record<string, string>,
): Promise<{ code: number; body: unknown }> {
  const response = await fetch(`${url}/api/v1/${endpoint}`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  });
  return { code: response.status, body: await response.json() };
}

async function record(url: string): Promise<Recording> {
  const samples = scriptedSamples(START_SECONDS * 1000);
  await remoteWrite(url, samples);
  const buildInfo = await fetch(`${url}/api/v1/status/buildinfo`);
  const { data } = (await buildInfo.json()) as { data: { version: string } };
  const answers: RecordedAnswer[] = [];
  for (const query of EXPRESSIONS) {
    for (const time of INSTANTS) {
      const answer = await ask(url, 'query', { query, time: String(time) });
      answers.push({ query, time, ...answer });
    }
    const answer = await ask(url, 'query_range', {
      query,
      start: String(RANGE.start),
      end: String(RANGE.end),
      step: String(RANGE.step),
    });
    answers.push({ query, ...answer });
  }
  for (const query of REFUSED) {
    const time = INSTANTS[1];
    const answer = await ask(url, 'query', { query, time: String(time) });
    answers.push({ query, time, ...answer });
  }
  return { version: data.version, samples, answers };
}

async function main(url: string | undefined): Promise<void> {
  if (url === undefined) {
    throw new Error(
      'name the Prometheus to ask, such as http://127.0.0.1:9090',
    );
  }
  const recording = await record(url);
  const file = resolve(__dirname, '../__fixtures__/prometheusAnswers.json.gz');
  writeFileSync(file, gzipSync(JSON.stringify(recording), { level: 9 }));
  const refused = recording.answers.filter(({ code }) => code !== 200).length;
  process.stdout.write(
    `${recording.answers.length} answers (${refused} refusals) of ${recording.version} in ${file}\n`,
  );
}

main(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
