import { NotFoundError } from '@backstage/errors';
import { Router } from 'express';
import type { Response } from 'express';
import { encodePath } from './encodePath';
import type { GitRepositories } from './GitRepositories';
import type { GitRepository, TreeEntry } from './GitRepository';
import { Html, html } from './html';
import { Crumb, PAGE_SECURITY_POLICY, page } from './page';
import { requestedPath } from './requestedPath';

const MAX_SHOWN_BYTES = 1024 * 1024;

/** Pages for people: an owner's repositories, their folders and files. */
export function pagesRouter(options: {
  repositories: GitRepositories;
  owner: string;
  publicUrl: () => string;
  signal: AbortSignal;
}): Router {
  const { repositories, owner, publicUrl, signal } = options;
  const router = Router();
  const home: Crumb = { text: owner, href: `/${owner}` };

  const cloneCommand = async (repository: GitRepository) =>
    html`${(await repositories.isArchived(repository))
        ? html`<p>Archived: it can be read, and nobody can push to it.</p>`
        : html``}
      <p>
        Clone it with
        <code>git clone ${publicUrl()}/${owner}/${repository.name}.git</code>
      </p>`;

  router.get('/', (_req, res) => res.redirect(`/${owner}`));

  router.get('/:owner', async (req, res) => {
    if (req.params.owner !== owner) {
      throw new NotFoundError(
        `There is no owner ${JSON.stringify(req.params.owner)} here`,
      );
    }
    const names = await repositories.list(owner);
    const content =
      names.length === 0
        ? html`<p>
            No repository yet. The first one comes when a service is created.
          </p>`
        : html`<ul>
            ${names.map(
              name => html`<li><a href="/${owner}/${name}">${name}</a></li>`,
            )}
          </ul>`;
    sendPage(res, page({ crumbs: [{ text: owner }], content }));
  });

  router.get('/:owner/:name', async (req, res) => {
    const { name } = req.params;
    const repository = await repositories.open(
      req.params.owner,
      name.replace(/\.git$/, ''),
    );
    if (await repository.isEmpty({ signal })) {
      const content = html`<p>Nothing was pushed yet.</p>
        ${await cloneCommand(repository)}`;
      const crumbs = [home, { text: repository.name }];
      sendPage(res, page({ crumbs, content }));
      return;
    }
    const branch = await repository.defaultBranch({ signal });
    res.redirect(
      `/${owner}/${repository.name}/src/branch/${encodeURIComponent(branch)}`,
    );
  });

  router.get('/:owner/:name/src/branch/:ref{/*path}', async (req, res) => {
    const { ref } = req.params;
    const repository = await repositories.open(
      req.params.owner,
      req.params.name,
    );
    const path = requestedPath(req);
    const commit = await repository.resolveCommit(ref, { signal });
    const object = await repository.read(commit, path, { signal });

    const root = `/${owner}/${repository.name}/src/branch/${encodeURIComponent(
      ref,
    )}`;
    const crumbs = [home, ...pathCrumbs(repository.name, root, path)];
    const at = html`<p>
      ${ref} at commit <code>${commit.slice(0, 12)}</code>
    </p>`;
    if (object.type === 'folder') {
      const content = html`${at}${folderTable(
        object.entries,
        path === '' ? root : `${root}/${encodePath(path)}`,
      )}${await cloneCommand(repository)}`;
      sendPage(res, page({ crumbs, content }));
      return;
    }
    const text =
      object.sizeBytes <= MAX_SHOWN_BYTES
        ? asText(await repository.readFile(object.sha, { signal }))
        : undefined;
    const content =
      text === undefined
        ? html`${at}
            <p>
              ${object.sizeBytes} bytes that are not shown here: the file is
              binary or larger than 1 MiB.
            </p>
            ${await cloneCommand(repository)}`
        : html`${at}
            <pre tabindex="0" aria-label="Content of the file">${text}</pre>`;
    sendPage(res, page({ crumbs, content }));
  });
  return router;
}

/** Sends HTML with the headers that keep it harmless. */
export function sendPage(res: Response, content: Html): void {
  res
    .set('Content-Security-Policy', PAGE_SECURITY_POLICY)
    .set('Cache-Control', 'no-cache')
    .type('html')
    .send(String(content));
}

function pathCrumbs(name: string, root: string, path: string): Crumb[] {
  const segments = path === '' ? [] : path.split('/');
  const crumbs = [
    { text: name, href: root },
    ...segments.map((text, index) => ({
      text,
      href: `${root}/${encodePath(segments.slice(0, index + 1).join('/'))}`,
    })),
  ];
  const last = crumbs[crumbs.length - 1];
  return [...crumbs.slice(0, -1), { text: last.text }];
}

function folderTable(entries: TreeEntry[], folder: string): Html {
  const foldersFirst = [...entries].sort(
    (one, other) =>
      Number(other.type === 'folder') - Number(one.type === 'folder'),
  );
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Size in bytes</th>
      </tr>
    </thead>
    <tbody>
      ${foldersFirst.map(
        entry =>
          html`<tr>
            <td>
              ${entry.type === 'submodule'
                ? html`${entry.name} (submodule)`
                : html`<a href="${folder}/${encodeURIComponent(entry.name)}"
                    >${entry.name}${entry.type === 'folder' ? '/' : ''}</a
                  >`}
            </td>
            <td>${entry.sizeBytes ?? ''}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function asText(content: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
