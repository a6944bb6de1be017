/** `$(NAME)` where NAME is known; `$$` stands for one `$`, and what is unknown stays as it is. */
export function expandVariables(
  text: string,
  variables: Readonly<Record<string, string>>,
): string {
  return text.replace(/\$(?:\$|\(([^()]*)\))/g, (whole, name?: string) => {
    if (name === undefined) {
      return '$';
    }
    return Object.hasOwn(variables, name) ? variables[name] : whole;
  });
}
