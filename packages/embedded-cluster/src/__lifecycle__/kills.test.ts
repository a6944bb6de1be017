/**
 * The cluster is killed at random moments while clients write to it. Five
 * times here; SPORTSBOOK_TEST_KILLS=50 says how often else, and lets the
 * figures be printed.
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { ApiConnection, listSchema } from './__testUtils__/ApiConnection';
import { type BuiltMain, buildMain } from './__testUtils__/buildMain';
import { ClusterProcess } from './__testUtils__/ClusterProcess';
import { processesOf, untilNoProcess } from './__testUtils__/processesOf';
import { untilNoOrphans } from './__testUtils__/untilNoOrphans';
import {
  deploySteadyPods,
  type Restarts,
  untilSteadyPodsRun,
} from './__testUtils__/workload';
import { configMaps, deployments, LABEL } from './__testUtils__/writtenKinds';
import { Writer } from './__testUtils__/Writer';

const KILLS = Number(process.env.SPORTSBOOK_TEST_KILLS ?? 5);

jest.setTimeout(30_000 + KILLS * 10_000);

describe(`a cluster that is killed ${KILLS} times under writes`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-kills-'));
  const writers = [
    new Writer('a', configMaps),
    new Writer('b', configMaps),
    new Writer('c', deployments),
  ];
  const readyMilliseconds: number[] = [];
  const podsMilliseconds: number[] = [];
  let killedStarting = 0;
  let begunMilliseconds = 0;
  let main: BuiltMain;
  let restarts: Restarts | undefined;

  beforeAll(async () => {
    main = await buildMain();
  });

  afterAll(async () => {
    for (const { pid } of processesOf(directory)) {
      process.kill(pid, 'SIGKILL');
    }
    await untilNoProcess(directory, { withinMilliseconds: 20_000 });
    main.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  function begin(): ClusterProcess {
    begunMilliseconds = Date.now();
    return new ClusterProcess({
      main: main.path,
      arguments: ['--directory', directory, '--namespace', 'betting'],
    });
  }

  async function becomeReady(cluster: ClusterProcess): Promise<ApiConnection> {
    const { kubeconfig } = await cluster.ready();
    readyMilliseconds.push(Date.now() - begunMilliseconds);
    return new ApiConnection(kubeconfig);
  }

  /** Everything that was accepted is there, and no process of an earlier life. */
  async function check(
    cluster: ClusterProcess,
    api: ApiConnection,
  ): Promise<void> {
    await untilNoProcess(directory, {
      except: cluster.pid,
      withinMilliseconds: 0,
    });
    for (const { kind, ledger, isOwn } of writers) {
      const { items, metadata } = listSchema.parse(
        await api.get(`${kind.path}?labelSelector=${LABEL}`),
      );
      ledger.settle(
        items.filter(item => isOwn(item.metadata.name)),
        metadata.resourceVersion,
      );
    }
  }

  /** Both pods run in this life, as processes too. */
  async function checkPods(api: ApiConnection, kills: number): Promise<void> {
    restarts = await untilSteadyPodsRun(api, {
      sinceMilliseconds: begunMilliseconds,
      before: restarts,
    });
    podsMilliseconds.push(Date.now() - begunMilliseconds);
    expect(processesOf(directory)).toHaveLength(3);
    expect(Math.max(...Object.values(restarts))).toBeLessThanOrEqual(kills);
  }

  it('loses no accepted write, stores none by half, and brings its pods back', async () => {
    for (let kills = 0; kills < KILLS; kills++) {
      const cluster = begin();
      if (kills % 5 === 3) {
        await sleep(randomInt(600));
        killedStarting += 1;
      } else {
        const api = await becomeReady(cluster);
        await check(cluster, api);
        if (kills === 0) {
          await deploySteadyPods(api);
        }
        if (kills % 3 === 0) {
          await checkPods(api, kills);
        }
        const written = Promise.all(writers.map(writer => writer.write(api)));
        await Promise.race([written, sleep(randomInt(50, 1_000))]);
        await cluster.end('SIGKILL');
        await written;
        api.close();
      }
      await cluster.end('SIGKILL');
      await untilNoProcess(directory, { withinMilliseconds: 20_000 });
    }

    const cluster = begin();
    const api = await becomeReady(cluster);
    await check(cluster, api);
    await checkPods(api, KILLS);
    await untilNoOrphans(api);
    api.close();
    expect(await cluster.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(processesOf(directory)).toEqual([]);

    const database = new Database(join(directory, 'cluster.sqlite'), {
      readonly: true,
    });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
    report();
  });

  function report(): void {
    const sum = (of: (writer: Writer) => number) =>
      writers.reduce((total, writer) => total + of(writer), 0);
    const figures = {
      kills: KILLS,
      killedStarting,
      acceptedWrites: sum(({ ledger }) => ledger.acceptedWrites),
      unanswered: sum(({ ledger }) => ledger.unanswered.sent),
      storedOfThese: sum(({ ledger }) => ledger.unanswered.stored),
      readyMilliseconds: spread(readyMilliseconds),
      podsReadyMilliseconds: spread(podsMilliseconds),
      restarts,
    };
    if (process.env.SPORTSBOOK_TEST_KILLS) {
      process.stdout.write(`${JSON.stringify(figures)}\n`);
    }
    expect(figures.acceptedWrites).toBeGreaterThan(KILLS);
  }
});

function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b).map(Math.round);
  return {
    least: sorted[0],
    median: sorted[Math.floor(sorted.length / 2)],
    most: sorted.at(-1),
  };
}
