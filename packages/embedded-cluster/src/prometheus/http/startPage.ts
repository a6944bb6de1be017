import { EMBEDDED_VERSION } from './statusHandlers';

const PATHS = [
  '/api/v1/query?query=up',
  '/api/v1/targets',
  '/api/v1/labels',
  '/api/v1/status/config',
  '/api/v1/status/buildinfo',
];

/** What somebody sees who opens the server in a browser. */
export const START_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Prometheus (embedded)</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style>
<h1>Prometheus, embedded</h1>
<p>This server answers Prometheus' HTTP API over what it scrapes in the embedded cluster. It is not Prometheus: it has no user interface, no rules and no storage on disk, and keeps the samples of at most two hours in memory. Its version is ${EMBEDDED_VERSION}.</p>
<ul>
${PATHS.map(path => `<li><a href="${path}">${path}</a></li>`).join('\n')}
</ul>
</html>
`;
