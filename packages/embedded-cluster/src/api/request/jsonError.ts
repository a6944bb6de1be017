/**
 * What Go's decoder says about a text that is not JSON, as far as the text
 * tells; clients show it to people, who search for it.
 */
export function jsonError(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') {
    return 'unexpected end of JSON input';
  }
  if (!/^[[{"\-0-9tfn]/.test(trimmed)) {
    return `invalid character '${trimmed[0]}' looking for beginning of value`;
  }
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const at = /position (\d+)/.exec(message)?.[1];
    if (at === undefined || Number(at) >= text.length) {
      return 'unexpected end of JSON input';
    }
    return `invalid character '${text[Number(at)]}' at offset ${at}`;
  }
}
