import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { widgetDefinition } from '../__testUtils__/objectsOf';
import { definitionRules } from '../kinds/definitionRules';
import { FieldErrors } from '../validating/FieldErrors';

function problemsOf(change: (spec: Record<string, any>) => void): string[] {
  const definition = structuredClone(widgetDefinition());
  change(definition.spec as Record<string, any>);
  const errors = new FieldErrors();
  definitionRules.defaults?.(definition);
  definitionRules.prepareCreate?.(definition);
  definitionRules.validate?.(definition as KubernetesObject, errors);
  return errors.causes.map(({ field, message }) => `${field}: ${message}`);
}

describe('a definition', () => {
  it('is accepted when it is complete', () => {
    expect(problemsOf(() => undefined)).toEqual([]);
  });

  it('is named after its plural and its group', () => {
    expect(problemsOf(spec => (spec.group = 'other.example.com'))).toEqual([
      'metadata.name: Invalid value: "widgets.test.example.com": must be spec.names.plural+"."+spec.group',
    ]);
  });

  it('stores objects in exactly one version', () => {
    expect(problemsOf(spec => (spec.versions[0].storage = false))).toEqual([
      'spec.versions: Invalid value: ["v1"]: must have exactly one version marked as storage version',
      'status.storedVersions: Invalid value: null: must have at least one stored version',
    ]);
  });

  it('says of each field what it is', () => {
    const problems = problemsOf(spec => {
      spec.versions[0].schema.openAPIV3Schema.properties.spec.properties = {
        a: {},
        b: { type: 'array' },
        c: {
          type: 'object',
          properties: { x: { type: 'foo' } },
          additionalProperties: { type: 'string' },
        },
        d: { type: 'string', pattern: '(' },
        e: { 'x-kubernetes-int-or-string': true },
        f: { type: 'string', pattern: '^(?i)abc$' },
      };
    });
    const at = 'spec.validation.openAPIV3Schema.properties[spec].properties';
    expect(problems).toEqual([
      `${at}[a].type: Required value: must not be empty for specified object fields`,
      `${at}[b].items: Required value: must be specified`,
      `${at}[c].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive`,
      `${at}[c].properties[x].type: Unsupported value: "foo": supported values: "array", "boolean", "integer", "number", "object", "string"`,
      expect.stringMatching(
        /\[d\]\.pattern: Invalid value: "\(": must be a valid regular expression, but isn't: /,
      ),
    ]);
  });

  it('does not take a group of Kubernetes itself, nor one that is no domain', () => {
    expect(problemsOf(spec => (spec.group = 'kubernetes.io')).slice(1)).toEqual(
      [
        'metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111',
      ],
    );
    expect(problemsOf(spec => (spec.group = 'test')).slice(1)).toEqual([
      'spec.group: Invalid value: "test": should be a domain with at least one dot',
    ]);
  });
});
