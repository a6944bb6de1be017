/** A key that an object has twice. */
export interface DuplicateKey {
  /** Such as `spec.ports[0].name`. */
  path: string;
  key: string;
  /** From 1. */
  line: number;
  /** In the text, from 0. */
  position: number;
}

interface Level {
  /** Undefined in an array. */
  keys?: Set<string>;
  path: string;
  index: number;
}

/**
 * Finds keys that JSON objects have twice: `JSON.parse` takes the last one
 * without a word, Kubernetes warns or refuses. The text must be valid JSON.
 */
export function duplicateKeys(text: string): DuplicateKey[] {
  const found: DuplicateKey[] = [];
  scanKeys(text, (key, isRepeated) => {
    if (isRepeated) {
      found.push(key);
    }
  });
  return found;
}

/** Where each key of a JSON text stands for the first time, by its path. */
export function keyPositions(text: string): Map<string, number> {
  const positions = new Map<string, number>();
  scanKeys(text, ({ path, position }) => {
    if (!positions.has(path)) {
      positions.set(path, position);
    }
  });
  return positions;
}

function scanKeys(
  text: string,
  onKey: (key: DuplicateKey, isRepeated: boolean) => void,
): void {
  const levels: Level[] = [];
  let path = '';
  let line = 1;
  let expectKey = false;
  for (let at = 0; at < text.length; at++) {
    const level = levels[levels.length - 1];
    switch (text.charCodeAt(at)) {
      case 10:
        line++;
        break;
      case 0x22: {
        const start = at;
        at = endOfString(text, at);
        if (expectKey && level?.keys) {
          const raw = text.slice(start + 1, at);
          const key = raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
          path = level.path === '' ? key : `${level.path}.${key}`;
          const isRepeated = level.keys.has(key);
          onKey({ path, key, line, position: start }, isRepeated);
          level.keys.add(key);
          expectKey = false;
        }
        break;
      }
      case 0x7b:
        levels.push({ keys: new Set(), path, index: 0 });
        expectKey = true;
        break;
      case 0x5b:
        levels.push({ path, index: 0 });
        path = `${path}[0]`;
        break;
      case 0x7d:
      case 0x5d:
        levels.pop();
        expectKey = false;
        break;
      case 0x2c:
        if (level?.keys) {
          expectKey = true;
        } else if (level) {
          level.index++;
          path = `${level.path}[${level.index}]`;
        }
        break;
      default:
    }
  }
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') {
      slashes++;
    }
    if (slashes % 2 === 0) {
      return end;
    }
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}
