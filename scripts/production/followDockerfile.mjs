import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { readDockerfile } from './readDockerfile.mjs';

/** What only a container can do: system packages, and folders with an owner. */
const NEEDS_A_CONTAINER = /^(apt-get|install -d) /;

/**
 * Does in folders what a Dockerfile does in images, for machines without
 * Docker: each stage is a folder, and its `/app` a folder in that. System
 * packages are taken for installed.
 *
 * @param options.context folder that `COPY` copies from
 * @param options.folder gets the stages
 * @param options.run runs a line of shell: `run(line, {cwd, env})`
 * @returns `{cwd, env, command}` of the last stage
 */
export async function followDockerfile({ context, folder, run }) {
  const ignored = readIgnored(context);
  const done = {};
  let result;
  const stages = readDockerfile(
    readFileSync(join(context, 'packages/backend/Dockerfile'), 'utf8'),
  );
  for (const [index, stage] of stages.entries()) {
    const root = join(folder, stage.name ?? `stage-${index}`);
    const prefix = join(root, 'usr');
    mkdirSync(root, { recursive: true });
    let cwd = root;
    let command;
    const env = { NPM_CONFIG_PREFIX: prefix };
    for (const { instruction, flags, args, text } of stage.steps) {
      switch (instruction) {
        case 'WORKDIR':
          cwd = join(root, text);
          mkdirSync(cwd, { recursive: true });
          break;
        case 'ENV': {
          const at = text.indexOf('=');
          env[text.slice(0, at)] = text.slice(at + 1);
          break;
        }
        case 'COPY': {
          const [source, target] = args;
          const from =
            flags.from === undefined
              ? join(context, source)
              : join(done[flags.from], source);
          cpSync(from, join(cwd, target), {
            recursive: true,
            verbatimSymlinks: true,
            filter: path =>
              flags.from !== undefined || !ignored(relative(context, path)),
          });
          break;
        }
        case 'RUN':
          if (!NEEDS_A_CONTAINER.test(text)) {
            await run(text, { cwd, env, bin: join(prefix, 'bin') });
          }
          break;
        case 'CMD':
          command = JSON.parse(text);
          break;
        default: // USER, EXPOSE and ENTRYPOINT are the container's.
      }
    }
    if (stage.name !== undefined) {
      done[stage.name] = root;
    }
    result = { cwd, env, command };
  }
  return result;
}

/** Whether `.dockerignore` leaves a path out: by `**` and a name, or as a whole. */
function readIgnored(context) {
  const patterns = readFileSync(join(context, '.dockerignore'), 'utf8')
    .split('\n')
    .filter(line => line !== '');
  const names = new Set();
  const endings = [];
  const paths = new Set();
  for (const pattern of patterns) {
    if (pattern.startsWith('**/*')) {
      endings.push(pattern.slice('**/*'.length));
    } else if (pattern.startsWith('**/')) {
      names.add(pattern.slice('**/'.length));
    } else {
      paths.add(pattern);
    }
  }
  return path =>
    names.has(basename(path)) ||
    paths.has(path) ||
    endings.some(ending => path.endsWith(ending));
}
