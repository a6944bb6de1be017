import { clockSleep } from '../clockSleep';
import type { UnpackedImage } from '../images/ImageCache';
import { pullImage, PullError } from '../images/pullImage';
import type { KubeletContext, PodEvent } from '../KubeletContext';
import type { Container } from '../podObject';

/** How long a refusal is shown as such before it becomes a back-off. */
const SHOWN_MILLISECONDS = 1_000;
const FIRST_MILLISECONDS = 10_000;
const MAX_MILLISECONDS = 300_000;

export interface ImageWait {
  context: Pick<KubeletContext, 'images' | 'clock'>;
  container: Container;
  event(event: PodEvent): void;
  onWaiting(reason: string, message: string): void;
  signal: AbortSignal;
}

/** The container's image, as soon as there is one: tried again with growing distance. */
export async function waitForImage({
  context: { images, clock },
  container,
  event,
  onWaiting,
  signal,
}: ImageWait): Promise<UnpackedImage> {
  const { image } = container;
  for (
    let delay = FIRST_MILLISECONDS;
    ;
    delay = Math.min(delay * 2, MAX_MILLISECONDS)
  ) {
    try {
      return await pullImage({
        images,
        container,
        nowMilliseconds: () => clock.now(),
        progress: {
          onPulling: () =>
            event({
              type: 'Normal',
              reason: 'Pulling',
              message: `Pulling image "${image}"`,
            }),
          onPulled: message =>
            event({ type: 'Normal', reason: 'Pulled', message }),
        },
      });
    } catch (error) {
      if (!(error instanceof PullError)) {
        throw error;
      }
      const { reason, message } = error;
      if (reason === 'ErrImagePull') {
        event({
          type: 'Warning',
          reason: 'Failed',
          message: `Failed to pull image "${image}": ${message}`,
        });
      }
      event({
        type: 'Warning',
        reason: reason === 'ErrImageNeverPull' ? reason : 'Failed',
        message:
          reason === 'ErrImagePull' ? `Error: ${reason}` : `Error: ${message}`,
      });
      onWaiting(reason, message);
      await clockSleep(clock, SHOWN_MILLISECONDS, signal);
      if (reason === 'ErrImagePull') {
        event({
          type: 'Normal',
          reason: 'BackOff',
          message: `Back-off pulling image "${image}"`,
        });
        event({
          type: 'Warning',
          reason: 'Failed',
          message: 'Error: ImagePullBackOff',
        });
        onWaiting(
          'ImagePullBackOff',
          `Back-off pulling image "${image}": ${reason}: ${message}`,
        );
      }
      await clockSleep(clock, delay, signal);
    }
  }
}
