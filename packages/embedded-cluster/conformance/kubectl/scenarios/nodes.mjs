/** The one machine. */
export const nodes = {
  name: 'nodes',
  steps: [
    { run: 'get nodes', anywhere: true },
    { run: 'get nodes -o name', anywhere: true },
    {
      run: 'get nodes -o jsonpath={.items[*].status.conditions[*].type}',
      anywhere: true,
    },
    { run: 'describe nodes', anywhere: true, rewrite: headings() },
    { run: 'get node absent', anywhere: true },
    { run: 'top nodes', anywhere: true },
  ],
};

/** Two machines differ in all but in what is said about them. */
function headings() {
  return [{ pattern: /^\s.*\n|(?<=^[\w -]+:).*$/gm, replacement: '' }];
}
