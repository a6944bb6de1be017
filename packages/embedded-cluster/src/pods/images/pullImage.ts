import type { Container } from '../podObject';
import { type ImageCache, isNodeImage, type UnpackedImage } from './ImageCache';
import { messageOf } from '../../runtime/messageOf';

/** A container that has to wait because of its image. */
export class PullError extends Error {
  readonly name = 'PullError' as const;
  readonly reason:
    | 'ErrImagePull'
    | 'ErrImageNeverPull'
    | 'CreateContainerError';

  constructor(reason: PullError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** What is told on the way. */
export interface PullProgress {
  onPulling(): void;
  /** With the text of the event `Pulled`. */
  onPulled(message: string): void;
}

/**
 * The container's image, unpacked.
 *
 * @throws PullError
 */
export async function pullImage(options: {
  images: ImageCache;
  container: Pick<Container, 'image' | 'imagePullPolicy'>;
  nowMilliseconds(): number;
  progress: PullProgress;
}): Promise<UnpackedImage> {
  const { images, container, nowMilliseconds, progress } = options;
  const { image: reference, imagePullPolicy } = container;
  const begun = nowMilliseconds();
  const found = await images.find(reference);
  const present = found.status === 'found' && images.isUnpacked(found.image);
  if (imagePullPolicy === 'Never' && !present) {
    throw new PullError(
      'ErrImageNeverPull',
      `Container image "${reference}" is not present with pull policy of Never`,
    );
  }
  const pulls = imagePullPolicy === 'Always' || !present;
  if (pulls) {
    progress.onPulling();
  }
  if (found.status === 'absent') {
    throw new PullError('ErrImagePull', found.reason);
  }
  if (!isNodeImage(found.image)) {
    throw new PullError(
      'CreateContainerError',
      `image "${reference}" is not made for Node: the embedded cluster runs containers as processes of its own Node. ` +
        'Build it on node:22-slim of its registry, or use a real cluster',
    );
  }
  try {
    const image = await images.unpack(found.image);
    progress.onPulled(
      pulls
        ? pulledText(reference, nowMilliseconds() - begun, found.image.layers)
        : `Container image "${reference}" already present on machine and can be accessed by the pod`,
    );
    return image;
  } catch (error) {
    throw new PullError(
      'ErrImagePull',
      `failed to unpack image "${reference}": ${messageOf(error)}`,
    );
  }
}

function pulledText(
  reference: string,
  milliseconds: number,
  layers: readonly { sizeBytes: number }[],
): string {
  const took =
    milliseconds < 1_000 ? `${milliseconds}ms` : `${milliseconds / 1_000}s`;
  const size = layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return `Successfully pulled image "${reference}" in ${took} (${took} including waiting). Image size: ${size} bytes.`;
}
