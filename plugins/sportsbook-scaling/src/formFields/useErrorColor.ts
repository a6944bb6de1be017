import { useTheme } from '@material-ui/core/styles';

/**
 * The colour of what an invalid field says: the theme's error colour, nearer
 * to its text, for alone it has too little contrast in Backstage's themes.
 *
 * @returns undefined for a valid field, which keeps the form's colour
 */
export function useErrorColor(isInvalid: boolean): string | undefined {
  const { palette } = useTheme();
  return isInvalid
    ? `color-mix(in srgb, ${palette.error.main}, ${palette.text.primary})`
    : undefined;
}
