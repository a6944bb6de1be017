import { Config } from '@backstage/config';
import { z } from 'zod/v3';
import { parseConfigSection } from '../policy/parseConfigSection';
import { PlatformComponent } from './PlatformReport';
import { plainVersion } from './platformVersions';

/** A release manifest that is this, byte for byte, or is refused. */
export interface PinnedRelease {
  version: string;
  url: string;
  /** 64 lower-case hexadecimal digits. */
  sha256: string;
}

/** The releases that everything was proved with. */
export const PINNED_RELEASES: Record<PlatformComponent, PinnedRelease> = {
  prometheusOperator: {
    version: '0.93.0',
    url: 'https://github.com/prometheus-operator/prometheus-operator/releases/download/v0.93.0/bundle.yaml',
    sha256: 'a3061ceebd87de793d1ba9bed10cb763be9ce748adb53b5c5ef4c7c65ee38376',
  },
  keda: {
    version: '2.20.2',
    url: 'https://github.com/kedacore/keda/releases/download/v2.20.2/keda-2.20.2.yaml',
    sha256: 'ef09c2eafd4e0deb277175bcf35076a0602910920340f975e62438cd2e1c5de1',
  },
};

/** The optional section `sportsbookScaling.platform`. */
export interface PlatformSettings {
  releases: Record<PlatformComponent, PinnedRelease>;
  /** Registry that the components' images are pulled from; undefined: as upstream names them. */
  imageRegistry?: string;
}

const releaseSchema = (pinned: PinnedRelease) =>
  z
    .object({
      version: z
        .string()
        .refine(
          value => plainVersion(value) === value,
          value => ({
            message: `'${value}' must be a version such as ${pinned.version}`,
          }),
        )
        .optional(),
      url: z.string().url().default(pinned.url),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits')
        .optional(),
    })
    .strict()
    .superRefine(({ version, sha256 }, context) => {
      if ((version === undefined) !== (sha256 === undefined)) {
        context.addIssue({
          code: z.ZodIssueCode.custom,
          message:
            'version and sha256 belong together: another version is another file',
        });
      }
    })
    .transform(({ version, url, sha256 }) => ({
      version: version ?? pinned.version,
      url,
      sha256: sha256 ?? pinned.sha256,
    }))
    .default({});

const settingsSchema = z
  .object({
    releases: z
      .object({
        prometheusOperator: releaseSchema(PINNED_RELEASES.prometheusOperator),
        keda: releaseSchema(PINNED_RELEASES.keda),
      })
      .strict()
      .default({}),
    imageRegistry: z
      .string()
      .regex(
        /^[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[a-z0-9._/-]*[a-z0-9])?$/,
        'must be host[:port][/path], without scheme',
      )
      .optional(),
  })
  .strict()
  .default({});

/** @throws InputError that lists every problem of `sportsbookScaling.platform`. */
export function readPlatformSettings(config: Config): PlatformSettings {
  return parseConfigSection(
    config,
    'sportsbookScaling.platform',
    settingsSchema,
  );
}
