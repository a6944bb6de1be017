import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { mockLogger } from './mockLogger';
import { ImageBuilds } from '../image/ImageBuilds';
import { readImageSettings } from '../image/imageSettings';

/** What a backend with this section `sportsbookScaling.image` builds with. */
export async function openImageBuilds(options: {
  image: JsonObject;
  environment?: NodeJS.ProcessEnv;
}): Promise<ImageBuilds> {
  const settings = readImageSettings(
    new ConfigReader({ sportsbookScaling: { image: options.image } }),
  );
  if (settings === undefined) {
    throw new Error('the section has no registry');
  }
  return ImageBuilds.open({
    settings,
    environment: options.environment ?? process.env,
    logger: mockLogger(),
  });
}
