import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { JsonObject } from '@backstage/types';
import { renderTemplate } from './renderTemplate';
import { TemplateError, TemplateProblem } from './TemplateError';

/** A file as it belongs into the target folder. */
export interface RenderedFile {
  /** Relative to the target folder, with slashes. */
  path: string;
  content: Buffer;
  executable: boolean;
}

const TEMPLATE_SUFFIX = '.hbs';

/**
 * Where a skeleton's file goes to. Folders lose the suffix as well: with it they
 * pass tools that pack a skeleton and would leave out `.github`.
 */
export function targetPath(sourcePath: string): string {
  return sourcePath
    .split('/')
    .map(name =>
      name.endsWith(TEMPLATE_SUFFIX)
        ? name.slice(0, -TEMPLATE_SUFFIX.length)
        : name,
    )
    .join('/');
}

interface SourceFile {
  /** Relative to the skeleton, with slashes. */
  path: string;
  executable: boolean;
}

async function listFiles(
  directory: string,
  problems: TemplateProblem[],
  below = '',
): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  const entries = await fs.readdir(join(directory, below), {
    withFileTypes: true,
  });
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      files.push(...(await listFiles(directory, problems, path)));
    } else if (entry.isFile()) {
      const { mode } = await fs.stat(join(directory, path));
      files.push({ path, executable: (mode & 0o111) !== 0 });
    } else {
      problems.push({
        file: path,
        line: undefined,
        message: entry.isSymbolicLink()
          ? 'is a symbolic link; put the file itself there'
          : 'is neither a file nor a folder',
      });
    }
  }
  return files;
}

function decodeTemplate(file: string, content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      content,
    );
  } catch {
    throw new TemplateError([
      {
        file,
        line: undefined,
        message: `is not UTF-8 text; without the suffix ${TEMPLATE_SUFFIX} it is copied as it is`,
      },
    ]);
  }
}

/** A key without a value is known and empty; only a key that is missing is unknown. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutUndefined);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        withoutUndefined(child),
      ]),
    );
  }
  return value ?? null;
}

/**
 * Renders a skeleton, writing nothing.
 *
 * Only files that end in `.hbs` are rendered, and lose that suffix; all others
 * are taken byte for byte. A template that renders to nothing but white space
 * gives no file: so a condition around all of it leaves the file out. The files
 * come sorted by path.
 *
 * @throws TemplateError that lists every problem of the tree: templates that do
 *   not render, symbolic links, two files of one name.
 */
export async function renderTree(options: {
  directory: string;
  values: JsonObject;
  signal?: AbortSignal;
}): Promise<RenderedFile[]> {
  const { directory, signal } = options;
  const values = withoutUndefined(options.values) as JsonObject;
  const problems: TemplateProblem[] = [];
  const rendered = new Map<string, RenderedFile>();

  for (const file of await listFiles(directory, problems)) {
    signal?.throwIfAborted();
    const isTemplate = file.path.endsWith(TEMPLATE_SUFFIX);
    const path = targetPath(file.path);
    if (path.split('/').includes('')) {
      problems.push({
        file: file.path,
        line: undefined,
        message: `has no name but the suffix ${TEMPLATE_SUFFIX}`,
      });
      continue;
    }
    if (rendered.has(path)) {
      problems.push({
        file: file.path,
        line: undefined,
        message: `there are two files for '${path}', with and without the suffix ${TEMPLATE_SUFFIX}`,
      });
      continue;
    }
    const source = await fs.readFile(join(directory, file.path));
    try {
      const content = isTemplate
        ? Buffer.from(
            renderTemplate({
              file: file.path,
              text: decodeTemplate(file.path, source),
              values,
            }),
          )
        : source;
      if (isTemplate && content.toString().trim() === '') {
        continue;
      }
      rendered.set(path, { path, content, executable: file.executable });
    } catch (error) {
      if (!(error instanceof TemplateError)) {
        throw error;
      }
      problems.push(...error.problems);
    }
  }

  if (problems.length > 0) {
    throw new TemplateError(problems);
  }
  return [...rendered.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
