// Named one by one, so that what else the package exports (a backend plugin
// and all that it needs) is left out of the bundle.
export { createGitHost } from '@sportsbook/git-host';
