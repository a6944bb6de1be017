/**
 * The part of Gitea's API that Backstage uses, over git's own http-backend.
 *
 * @packageDocumentation
 */
export { createGitHost } from './createGitHost';
export type { GitHost, GitHostOptions } from './createGitHost';
export type { Credentials } from './Credentials';
export { GitCommandError } from './errors/GitCommandError';
export { GitMissingError } from './errors/GitMissingError';
export { gitHostPlugin, gitHostPlugin as default } from './plugin';
