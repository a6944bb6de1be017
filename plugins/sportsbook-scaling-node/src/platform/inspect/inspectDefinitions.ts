import { computeStatus } from '@sportsbook/plugin-sportsbook-scaling-common';
import { definitionRef, KnownDefinition } from '../definitionNames';
import { Finding } from '../PlatformReport';
import { plainVersion } from '../platformVersions';
import { PlatformView } from './PlatformView';

export interface DefinitionsReport {
  served: string[];
  missing: string[];
  /** Of the release that they come from, where they say so. */
  version?: string;
  findings: Finding[];
}

/** Where the operator's definitions say which release they belong to. */
const VERSION_ANNOTATION = 'operator.prometheus.io/version';
const VERSION_LABEL = 'app.kubernetes.io/version';

/**
 * Which of a component's definitions are served. That is public; what they say
 * of themselves is read where it may be.
 */
export async function inspectDefinitions(
  view: PlatformView,
  definitions: KnownDefinition[],
): Promise<DefinitionsReport> {
  const isServed = (definition: KnownDefinition) => view.serves(definition);
  const read = await Promise.all(
    definitions.map(async definition => ({
      definition,
      answer: await view.clusterObject(definitionRef(definition.name)),
    })),
  );
  const versions = new Set<string>();
  const findings: Finding[] = [];
  for (const { definition, answer } of read) {
    if (answer.status === 'read' && answer.value !== undefined) {
      const { annotations, labels, deletionTimestamp } = answer.value.metadata;
      const version = plainVersion(
        annotations?.[VERSION_ANNOTATION] ?? labels?.[VERSION_LABEL],
      );
      if (version !== undefined) {
        versions.add(version);
      }
      if (deletionTimestamp !== undefined) {
        findings.push({
          severity: 'problem',
          message: `the definition ${definition.name} is being deleted`,
          nextStep: `wait until it is gone; if it stays, its objects have finalizers that nobody removes`,
        });
      } else if (!isServed(definition)) {
        findings.push({
          severity: 'problem',
          message: `the definition ${definition.name} is there, but ${
            definition.apiVersion
          } is not served: ${computeStatus(answer.value).message}`,
          nextStep: 'look at the conditions of the definition',
        });
      }
    }
  }
  if (versions.size > 1) {
    findings.push({
      severity: 'warning',
      message: `the definitions come from different releases: ${[...versions]
        .sort()
        .join(', ')}`,
      nextStep: 'apply all definitions of one release',
    });
  }
  const [version] = versions;
  return {
    served: definitions.filter(isServed).map(({ name }) => name),
    missing: definitions.filter(d => !isServed(d)).map(({ name }) => name),
    ...(version === undefined ? {} : { version }),
    findings,
  };
}
