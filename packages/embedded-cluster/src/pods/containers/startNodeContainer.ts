import { constants } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseQuantity } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { UnpackedImage } from '../images/ImageCache';
import type { KubeletContext } from '../KubeletContext';
import type { ContainerLog } from '../logs/ContainerLog';
import type { Container, PodObject } from '../podObject';
import { listensOn } from '../processes/listensOn';
import { startProcess } from '../processes/startProcess';
import { containerCommand } from './containerCommand';
import { ContainerFiles, type Mount } from './ContainerFiles';
import type { ContainerExit, RunningContainer } from './RunningContainer';

export interface NodeContainerOptions {
  context: KubeletContext;
  pod: PodObject;
  container: Container;
  image: UnpackedImage;
  environment: Record<string, string>;
  mounts: readonly Mount[];
  podIP: string;
  hostname: string;
  /** The run's own, removed with it. */
  folder: string;
  log: ContainerLog;
  /** Somebody can reach it now. */
  onListening(): void;
}

/**
 * Starts a container's process on its image.
 *
 * @throws CannotRunError for what this cluster does not run
 */
export async function startNodeContainer({
  context,
  pod,
  container,
  image,
  environment,
  mounts,
  podIP,
  hostname,
  folder,
  log,
  onListening,
}: NodeContainerOptions): Promise<RunningContainer> {
  const { network, processes, memory } = context;
  const rootWritable =
    container.securityContext?.readOnlyRootFilesystem !== true;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const root = rootWritable
    ? await copyOfImage(image.root, join(folder, 'root'))
    : image.root;
  const temporary: Mount = {
    path: '/tmp',
    real: join(folder, 'tmp'),
    writable: rootWritable,
  };
  const files = new ContainerFiles(root, [
    ...(mounts.some(({ path }) => path === '/tmp') ? [] : [temporary]),
    ...mounts,
  ]);
  const ports = new Set<number>();
  const say = (text: string) =>
    context.log(`pod ${pod.metadata.namespace}/${pod.metadata.name}: ${text}`);
  const started = await startProcess({
    command: containerCommand({
      container,
      image: image.config,
      environment,
      files,
    }),
    environment,
    files,
    rootWritable,
    folder,
    pod: { name: hostname, namespace: pod.metadata.namespace, ip: podIP },
    routesFile: context.routesFile,
    onOutput: (stream, chunk) => log.write(stream, chunk),
    onListening: (processId, port, real) => {
      if (listensOn(processId, real) === false) {
        say(
          `its process says that port ${port} is port ${real} of this machine, where it does not listen; nothing is sent there`,
        );
        return;
      }
      network.listen(podIP, port, { host: '127.0.0.1', port: real });
      ports.add(port);
      onListening();
    },
    onClosed: port => {
      network.unlisten(podIP, port);
      ports.delete(port);
    },
    log: say,
  });
  const { pid } = started;
  processes.add(pid);
  let outOfMemory = false;
  const limit = container.resources.limits?.memory;
  if (limit !== undefined) {
    memory.watch(pid, parseQuantity(String(limit)), () => {
      outOfMemory = true;
      started.kill('SIGKILL');
    });
  }
  const exited = started.exited.then(async (exit): Promise<ContainerExit> => {
    memory.unwatch(pid);
    processes.remove(pid);
    ports.forEach(port => network.unlisten(podIP, port));
    await rm(folder, { recursive: true, force: true });
    return { ...exit, outOfMemory };
  });
  return { exited, kill: signal => started.kill(signal) };
}

/** For programs that write beside themselves: the image itself belongs to all its containers. */
async function copyOfImage(root: string, copy: string): Promise<string> {
  await cp(root, copy, {
    recursive: true,
    verbatimSymlinks: true,
    // Where the file system can, nothing is copied until it is written to.
    mode: constants.COPYFILE_FICLONE,
  });
  return copy;
}
