/**
 * Locations of people and templates.
 *
 * @param templates - `template.yaml` files, from the root of the repository
 */
export function catalogLocations(templates: string[]): object[] {
  return [
    {
      type: 'file',
      target: '../../catalog/org.yaml',
      rules: [{ allow: ['User', 'Group'] }],
    },
    ...templates.map(path => ({
      type: 'file',
      target: `../../${path}`,
      rules: [{ allow: ['Template'] }],
    })),
  ];
}
