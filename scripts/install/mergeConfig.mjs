/**
 * Lays configuration over another as a person does who is told to merge it:
 * sections become one, entries of lists come after those that are there.
 */
export function mergeConfig(base, added) {
  if (Array.isArray(base) && Array.isArray(added)) {
    return [...base, ...added];
  }
  if (isSection(base) && isSection(added)) {
    const merged = { ...base };
    for (const [key, value] of Object.entries(added)) {
      merged[key] = mergeConfig(base[key], value);
    }
    return merged;
  }
  return added;
}

function isSection(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
