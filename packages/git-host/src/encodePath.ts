/** A path of a repository as part of a URL's path. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
