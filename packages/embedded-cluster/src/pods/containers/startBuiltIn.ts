import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { BuiltInProgram } from '../../ports/BuiltInProgram';
import type { ClusterNetwork } from '../../ports/ClusterNetwork';
import type { ContainerExit, RunningContainer } from './RunningContainer';

const KILLED: ContainerExit = { exitCode: 137 };

/** Runs a program that the cluster has built in, in this process, as if it were the container's own. */
export async function startBuiltIn(options: {
  program: BuiltInProgram;
  pod: KubernetesObject;
  container: { name: string; image: string; args: string[] };
  podIP: string;
  network: ClusterNetwork;
  log(line: string): void;
}): Promise<RunningContainer> {
  const { program, pod, container, podIP, network, log } = options;
  const abort = new AbortController();
  const running = await program.start({
    pod,
    container,
    podIP,
    log,
    signal: abort.signal,
  });
  for (const [port, real] of running.listening) {
    network.listen(podIP, port, { host: '127.0.0.1', port: real });
  }
  let end: (exit: ContainerExit) => void = () => undefined;
  const exited = new Promise<ContainerExit>(resolve => {
    end = resolve;
  });
  return {
    exited,
    kill: signal => {
      for (const port of running.listening.keys()) {
        network.unlisten(podIP, port);
      }
      if (signal === 'SIGKILL') {
        abort.abort();
      }
      running.stop().then(
        () => end(signal === 'SIGKILL' ? KILLED : { exitCode: 0 }),
        (error: unknown) => {
          log(`${program.name} did not end well: ${String(error)}`);
          end({ exitCode: 1 });
        },
      );
    },
  };
}
