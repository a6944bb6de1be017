import { join } from 'node:path';
import type { KubeletContext } from '../KubeletContext';
import type { ContainerLog } from '../logs/ContainerLog';
import type { Container } from '../podObject';
import { CannotRunError } from './CannotRunError';
import { expandVariables } from './expandVariables';
import type { PodHandle } from './PodHandle';
import type { PreparedContainer } from './prepareContainer';
import type { RunningContainer } from './RunningContainer';
import { startBuiltIn } from './startBuiltIn';
import { startNodeContainer } from './startNodeContainer';

export interface ContainerStart {
  context: KubeletContext;
  handle: PodHandle;
  container: Container;
  prepared: PreparedContainer;
  /** How often it was started before. */
  restartCount: number;
  log: ContainerLog;
  /** Somebody can reach it now. */
  onListening(): void;
}

/** @throws CannotRunError for what this cluster does not run */
export async function startContainer({
  context,
  handle,
  container,
  prepared,
  restartCount,
  log,
  onListening,
}: ContainerStart): Promise<RunningContainer> {
  if (prepared.kind === 'builtIn') {
    return startBuiltIn({
      program: prepared.program,
      pod: handle.object(),
      container: {
        name: container.name,
        image: container.image,
        args: (container.args ?? []).map(argument =>
          expandVariables(argument, {}),
        ),
      },
      podIP: handle.podIP,
      network: context.network,
      log: line => log.writeLine(line),
    });
  }
  if (container.lifecycle.postStart?.exec) {
    throw new CannotRunError(
      'the embedded cluster has no exec hooks: use httpGet or sleep, or leave postStart out',
    );
  }
  return startNodeContainer({
    context,
    pod: handle.pod(),
    container,
    image: prepared.image,
    environment: prepared.environment,
    mounts: handle.mountsOf(container),
    podIP: handle.podIP,
    hostname: handle.hostname,
    folder: join(
      handle.folder,
      'containers',
      container.name,
      String(restartCount),
    ),
    log,
    onListening,
  });
}
