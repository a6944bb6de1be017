/**
 * A regular expression as Go writes it, for JavaScript: `(?i)` in front of a
 * part is spelled out, because flags in the middle are unknown here.
 *
 * @throws SyntaxError for what JavaScript cannot say
 */
export function goPattern(pattern: string): RegExp {
  // A class of one letter needs no braces there.
  const braced = pattern.replace(
    /((?:^|[^\\])(?:\\\\)*\\[pP])([A-Z])/g,
    '$1{$2}',
  );
  if (!braced.includes('(?')) {
    return new RegExp(braced, 'u');
  }
  return new RegExp(
    spellOutCase(braced).replaceAll('(?P<', '(?<').replaceAll('\\z', '$'),
    'u',
  );
}

/** `(?i)` holds until the group ends in which it stands. */
function spellOutCase(pattern: string): string {
  let result = '';
  const groups = [false];
  let inClass = false;
  for (let index = 0; index < pattern.length; index++) {
    const letter = pattern[index];
    const anyCase = groups[groups.length - 1];
    if (letter === '\\') {
      result += pattern.slice(index, index + 2);
      index++;
    } else if (!inClass && pattern.startsWith('(?i)', index)) {
      groups[groups.length - 1] = true;
      index += '(?i)'.length - 1;
    } else if (anyCase && /[A-Za-z]/.test(letter) && !isRange(pattern, index)) {
      const both = letter.toLowerCase() + letter.toUpperCase();
      result += inClass ? both : `[${both}]`;
    } else {
      result += letter;
      if (letter === '[') {
        inClass = true;
      } else if (letter === ']') {
        inClass = false;
      } else if (letter === '(' && !inClass) {
        groups.push(anyCase);
        // What follows `(?` up to the colon names the group's kind.
        const kind = /^\?(?:[:=!]|P?<[^>]*>)/.exec(pattern.slice(index + 1));
        result += kind?.[0] ?? '';
        index += kind?.[0].length ?? 0;
      } else if (letter === ')' && !inClass) {
        groups.pop();
      }
    }
  }
  return result;
}

/** An end of `a-z`: both cases of such ranges are rare, and left as they are. */
function isRange(pattern: string, index: number): boolean {
  return pattern[index + 1] === '-' || pattern[index - 1] === '-';
}
