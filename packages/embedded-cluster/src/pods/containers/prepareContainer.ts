import type { UnpackedImage } from '../images/ImageCache';
import type { KubeletContext } from '../KubeletContext';
import type { Container } from '../podObject';
import type { BuiltInProgram } from '../../ports/BuiltInProgram';
import type { ContainerReport } from './ContainerReport';
import type { PodHandle } from './PodHandle';
import { waitForEnvironment } from './waitForEnvironment';
import { waitForImage } from './waitForImage';

/** What a container is started from. */
export type PreparedContainer =
  | { kind: 'builtIn'; program: BuiltInProgram }
  | {
      kind: 'image';
      image: UnpackedImage;
      environment: Record<string, string>;
    };

/** Waits for all that has to be there before a container can be made. */
export async function prepareContainer(options: {
  context: KubeletContext;
  handle: PodHandle;
  container: Container;
  report: ContainerReport;
  signal: AbortSignal;
}): Promise<PreparedContainer> {
  const { context, handle, container, report, signal } = options;
  const program = context.builtInPrograms.find(candidate =>
    candidate.runs(container, handle.object()),
  );
  if (program) {
    return { kind: 'builtIn', program };
  }
  const image = await waitForImage({
    context,
    container,
    event: event => report.event(event),
    onWaiting: (reason, message) => report.waiting(reason, message),
    signal,
  });
  const environment = await waitForEnvironment({
    objects: context.objects,
    handle,
    container,
    image,
    report,
    signal,
  });
  return { kind: 'image', image, environment };
}
