/** Text that is HTML already and is not escaped again. */
export class Html {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  toString(): string {
    return this.#source;
  }
}

/** A template literal whose values are escaped, except what is HTML already. */
export function html(
  strings: TemplateStringsArray,
  ...values: (string | number | Html | Html[])[]
): Html {
  const escaped = values.map(value => {
    if (Array.isArray(value)) {
      return value.join('');
    }
    return value instanceof Html ? String(value) : escapeHtml(String(value));
  });
  return new Html(String.raw({ raw: strings }, ...escaped));
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
