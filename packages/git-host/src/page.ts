import { createHash } from 'node:crypto';
import { Html, html } from './html';

// System colours follow the reader's light or dark setting by themselves.
const STYLE = `:root { color-scheme: light dark; background: Canvas; color: CanvasText; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
nav ol { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; }
nav li + li::before { content: "/"; margin-right: .5rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
a { color: LinkText; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); }
td:last-child, th:last-child { text-align: right; padding-right: 0; }
pre { overflow: auto; padding: 1rem; border: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); border-radius: .25rem; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; }`;

// Put together outside of the page's template: the policy's hash covers each
// space, and a formatter may indent what stands in a template.
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

/** Allows the page's own style and nothing else. */
export const PAGE_SECURITY_POLICY = `default-src 'none'; style-src 'sha256-${createHash(
  'sha256',
)
  .update(STYLE)
  .digest(
    'base64',
  )}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** One step of the way to the shown thing; the last one has no address. */
export type Crumb = { text: string; href?: string };

/** A whole page; `crumbs` end with what the page shows. */
export function page(options: { crumbs: Crumb[]; content: Html }): Html {
  const { crumbs, content } = options;
  const shown = crumbs[crumbs.length - 1].text;
  const title = crumbs
    .map(crumb => crumb.text)
    .reverse()
    .join(' · ');
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <nav aria-label="Where you are">
          <ol>
            ${crumbs.map(crumbItem)}
          </ol>
        </nav>
        <main>
          <h1>${shown}</h1>
          ${content}
        </main>
      </body>
    </html> `;
}

function crumbItem({ text, href }: Crumb): Html {
  return href === undefined
    ? html`<li aria-current="page">${text}</li>`
    : html`<li><a href="${href}">${text}</a></li>`;
}
