import { existsSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { Mount } from '../containers/ContainerFiles';
import type { Container, PodObject, Volume } from '../podObject';
import {
  isMadeOfObjects,
  volumeFiles,
  type VolumeFilesOptions,
} from './volumeFiles';
import { writeVolume } from './writeVolume';
import { messageOf } from '../../runtime/messageOf';

/** A volume that is not there yet, as its event says. */
export class MountError extends Error {
  readonly name = 'MountError' as const;
}

/** The folders of a pod's volumes: `<directory>/<volume>`. */
export class PodVolumes {
  readonly #directory: string;
  readonly #mounted = new Set<string>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Makes all volumes that one of the containers mounts; called again, it brings their
   * files up to date.
   *
   * @returns when it should be called again because a token ends; milliseconds since 1970
   * @throws MountError
   */
  async mount(
    options: VolumeFilesOptions & { containers: readonly Container[] },
  ): Promise<number | undefined> {
    let renewAt: number | undefined;
    for (const volume of mountedVolumes(options.pod, options.containers)) {
      const folder = this.#folder(volume.name);
      try {
        if (isMadeOfObjects(volume)) {
          const content = await volumeFiles(volume, options);
          writeVolume(folder, content.files);
          renewAt = Math.min(renewAt ?? Infinity, content.renewAt ?? Infinity);
        } else if (volume.emptyDir) {
          mkdirSync(folder, { recursive: true, mode: 0o700 });
        } else {
          throw new Error(
            `the embedded cluster has no ${kindOf(
              volume,
            )} volumes: use emptyDir, configMap, secret, downwardAPI or projected`,
          );
        }
      } catch (error) {
        throw new MountError(
          `MountVolume.SetUp failed for volume "${volume.name}" : ${messageOf(
            error,
          )}`,
          { cause: error },
        );
      }
      this.#mounted.add(volume.name);
    }
    return renewAt === Infinity ? undefined : renewAt;
  }

  /** Where a container finds them. @throws MountError for a subPath that leads outside */
  mountsOf({ volumeMounts }: Container, { spec }: PodObject): Mount[] {
    return volumeMounts
      .filter(({ name }) => this.#mounted.has(name))
      .map(({ name, mountPath, readOnly, subPath }) => {
        const volume = spec.volumes.find(candidate => candidate.name === name);
        const folder = this.#folder(name);
        const real = resolve(folder, subPath);
        if (real !== folder && !real.startsWith(`${folder}${sep}`)) {
          throw new MountError(`subPath "${subPath}" leads outside its volume`);
        }
        const writable = !readOnly && volume?.emptyDir !== undefined;
        if (writable && !existsSync(real)) {
          mkdirSync(real, { recursive: true, mode: 0o700 });
        }
        if (lstatSync(real, { throwIfNoEntry: false }) === undefined) {
          throw new MountError(
            `subPath "${subPath}" is not in volume "${name}"`,
          );
        }
        return { path: mountPath.replace(/(.)\/+$/, '$1'), real, writable };
      });
  }

  remove(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #folder(name: string): string {
    return join(this.#directory, name);
  }
}

function mountedVolumes(
  { spec }: PodObject,
  containers: readonly Container[],
): Volume[] {
  const names = new Set(
    containers.flatMap(({ volumeMounts }) =>
      volumeMounts.map(({ name }) => name),
    ),
  );
  return spec.volumes.filter(({ name }) => names.has(name));
}

function kindOf(volume: Volume): string {
  return Object.keys(volume).find(key => key !== 'name') ?? 'such';
}
