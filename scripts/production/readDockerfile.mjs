/**
 * The stages of a Dockerfile, each a list of `{instruction, args, flags}`.
 *
 * Knows what ours uses: one line an instruction, comments, `--flag=value`.
 */
export function readDockerfile(text) {
  const stages = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) {
      continue;
    }
    const [instruction, ...words] = line.trim().split(/\s+/);
    const flags = {};
    while (instruction !== 'RUN' && words[0]?.startsWith('--')) {
      const [name, value] = words.shift().slice(2).split('=');
      flags[name] = value;
    }
    if (instruction === 'FROM') {
      const [image, as, name] = words;
      stages.push({
        image,
        name: as?.toUpperCase() === 'AS' ? name : undefined,
        steps: [],
      });
    } else {
      stages
        .at(-1)
        .steps.push({ instruction, flags, args: words, text: words.join(' ') });
    }
  }
  return stages;
}
