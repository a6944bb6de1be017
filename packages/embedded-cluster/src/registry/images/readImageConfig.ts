import { z } from 'zod';
import type { StoredImage } from '../../ports/ImageStore';

const strings = z
  .array(z.string())
  .nullish()
  .transform(list => list ?? []);
const text = z
  .string()
  .nullish()
  .transform(value => value ?? '');

const runConfigSchema = z.object({
  Env: strings,
  Entrypoint: strings,
  Cmd: strings,
  WorkingDir: text,
  User: text,
  Labels: z
    .record(z.string(), z.string())
    .nullish()
    .transform(labels => labels ?? {}),
});

/** https://github.com/opencontainers/image-spec/blob/main/config.md */
const configSchema = z.object({
  os: text,
  architecture: text,
  config: runConfigSchema
    .nullish()
    .transform(config => config ?? runConfigSchema.parse({})),
});

/** What an image's configuration says; undefined for what is none. */
export function readImageConfig(bytes: Buffer):
  | {
      /** As `os/architecture`. */
      platform: string;
      config: StoredImage['config'];
    }
  | undefined {
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  const read = configSchema.safeParse(content);
  if (!read.success) {
    return undefined;
  }
  const { os, architecture, config } = read.data;
  return {
    platform: `${os}/${architecture}`,
    config: {
      env: config.Env,
      entrypoint: config.Entrypoint,
      cmd: config.Cmd,
      workingDirectory: config.WorkingDir,
      user: config.User,
      labels: config.Labels,
    },
  };
}
