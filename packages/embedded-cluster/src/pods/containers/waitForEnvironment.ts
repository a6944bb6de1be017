import type { UnpackedImage } from '../images/ImageCache';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { Container } from '../podObject';
import { containerEnvironment } from './containerEnvironment';
import type { ContainerReport } from './ContainerReport';
import type { PodHandle } from './PodHandle';
import { serviceEnvironment } from './serviceEnvironment';
import { messageOf } from '../../runtime/messageOf';

/** How often a container whose configuration is missing is tried. */
const RETRY_MILLISECONDS = 10_000;

export interface EnvironmentWait {
  objects: ClusterObjects;
  handle: PodHandle;
  container: Container;
  image: UnpackedImage;
  report: ContainerReport;
  signal: AbortSignal;
}

/** The container's environment, as soon as everything that it names is there. */
export async function waitForEnvironment({
  objects,
  handle,
  container,
  image,
  report,
  signal,
}: EnvironmentWait): Promise<Record<string, string>> {
  for (;;) {
    const pod = handle.pod();
    try {
      return containerEnvironment({
        objects,
        pod,
        container,
        podIP: handle.podIP,
        hostname: handle.hostname,
        imageEnvironment: image.config.env,
        serviceEnvironment: serviceEnvironment(objects, {
          namespace: pod.metadata.namespace,
          links: pod.spec.enableServiceLinks,
        }),
      });
    } catch (error) {
      const message = messageOf(error);
      report.event({
        type: 'Warning',
        reason: 'Failed',
        message: `Error: ${message}`,
      });
      report.waiting('CreateContainerConfigError', message);
      await handle.waitForConfig(RETRY_MILLISECONDS, signal);
    }
  }
}
