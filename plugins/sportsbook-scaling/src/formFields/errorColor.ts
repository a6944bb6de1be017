/**
 * The colour of what an invalid field says. The form's own red has too little
 * contrast in Backstage's themes, and so has its signal colour alone.
 *
 * @returns undefined for a valid field, which keeps the form's colour
 */
export function errorColor(isInvalid: boolean): string | undefined {
  return isInvalid
    ? 'color-mix(in srgb, var(--bui-fg-danger) 55%, var(--bui-fg-primary))'
    : undefined;
}
