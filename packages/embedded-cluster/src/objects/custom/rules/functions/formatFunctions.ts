import type { Environment, Optional } from '@marcbachmann/cel-js';
import type { CelLibrary } from '../CelLibrary';
import { formats } from '../../formats';
import {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  labelValue,
  qualifiedName,
  type NameRule,
} from '../../../validating/names';

const TYPE = 'kubernetes.NamedFormat';

/** A format with a name, such as `dns1123Label`. */
class NamedFormat {
  constructor(readonly problemsOf: NameRule) {}
}

/** What `format` means in an expression. */
class FormatNamespace {}

/** What is masked at the end of names that more is appended to. */
const asPrefix =
  (rule: NameRule): NameRule =>
  name =>
    rule(name.endsWith('-') ? `${name.slice(0, -1)}a` : name);

const uuid = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

const FORMATS: Readonly<Record<string, NameRule>> = {
  dns1123Label: dnsLabel,
  dns1123Subdomain: dnsSubdomain,
  dns1035Label,
  qualifiedName,
  dns1123LabelPrefix: asPrefix(dnsLabel),
  dns1123SubdomainPrefix: asPrefix(dnsSubdomain),
  dns1035LabelPrefix: asPrefix(dns1035Label),
  labelValue,
  uri: text =>
    URL.canParse(text) || text.startsWith('/') ? [] : [`invalid URI: ${text}`],
  uuid: text => (uuid.test(text) ? [] : ['does not match the UUID format']),
  byte: matching('byte', 'invalid base64'),
  date: matching('date', 'invalid date'),
  datetime: matching('date-time', 'invalid datetime'),
};

function matching(name: string, problem: string): NameRule {
  const format = formats[name];
  return text => {
    const definition =
      typeof format === 'object' && 'validate' in format
        ? format.validate
        : format;
    const isValid =
      definition instanceof RegExp
        ? definition.test(text)
        : typeof definition !== 'function' ||
          (definition as (text: string) => unknown)(text) === true;
    return isValid ? [] : [problem];
  };
}

/** `format.dns1123Label().validate(name)`, `format.named("uuid")`. */
export function registerFormatFunctions(
  environment: Environment,
  { Optional: Maybe }: Pick<CelLibrary, 'Optional'>,
): void {
  const named = new Map(
    Object.entries(FORMATS).map(([name, rule]) => [
      name,
      new NamedFormat(rule),
    ]),
  );
  environment
    .registerType(TYPE, NamedFormat)
    .registerType('FormatNamespace', FormatNamespace)
    .registerConstant('format', 'FormatNamespace', new FormatNamespace())
    .registerFunction(
      `FormatNamespace.named(string): optional<${TYPE}>`,
      (_: FormatNamespace, name: string): Optional => Maybe.of(named.get(name)),
    )
    .registerFunction(
      `${TYPE}.validate(string): optional<list<string>>`,
      ({ problemsOf }: NamedFormat, text: string): Optional => {
        const problems = problemsOf(text);
        return problems.length === 0 ? Maybe.none() : Maybe.of(problems);
      },
    );
  for (const [name, format] of named) {
    environment.registerFunction(
      `FormatNamespace.${name}(): ${TYPE}`,
      () => format,
    );
  }
}
