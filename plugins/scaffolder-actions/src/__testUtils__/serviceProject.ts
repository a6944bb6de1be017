import { DirectoryContent } from './createMockDirectory';

/** A Node project without dependencies, which npm installs without a network. */
export function serviceProject(
  build = `require('fs').mkdirSync('dist', { recursive: true });
require('fs').writeFileSync('dist/server.js', 'console.log(1)');`,
): DirectoryContent {
  const about = { name: 'odds-api', version: '1.0.0' };
  return {
    'package.json': JSON.stringify({
      ...about,
      scripts: { build: 'node build.js' },
    }),
    'package-lock.json': JSON.stringify({
      ...about,
      lockfileVersion: 3,
      requires: true,
      packages: { '': about },
    }),
    'build.js': build,
    node_modules: { left: { 'over.js': 'never copied' } },
  };
}
