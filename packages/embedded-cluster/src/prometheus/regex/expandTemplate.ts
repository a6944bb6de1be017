const REFERENCE = /\$(?:\$|\{([A-Za-z0-9_]+)\}|([A-Za-z0-9_]+))/g;

/**
 * Fills `$1`, `${1}` and `${name}` of a replacement with what a regular
 * expression captured, as Go does: `$1x` is a group named `1x`, `$$` a dollar
 * sign, and a group that does not exist is empty.
 */
export function expandTemplate(
  template: string,
  match: RegExpExecArray,
): string {
  return template.replace(REFERENCE, (whole, braced, bare) => {
    if (whole === '$$') {
      return '$';
    }
    const name = String(braced ?? bare);
    return /^\d+$/.test(name)
      ? match[Number(name)] ?? ''
      : match.groups?.[name] ?? '';
  });
}
