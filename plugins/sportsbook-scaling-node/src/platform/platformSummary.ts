import {
  ComponentReport,
  Finding,
  PLATFORM_COMPONENTS,
  PlatformReport,
} from './PlatformReport';
import { PLATFORM_VERSIONS } from './platformVersions';

interface Row {
  what: string;
  state: string;
  version: string;
  details: string;
}

const STATE_TEXT: Record<ComponentReport['state'], string> = {
  absent: 'absent',
  forbidden: 'not to be seen',
  broken: 'broken',
  tooOld: 'too old',
  present: 'present',
};

const OWNER_TEXT: Record<NonNullable<ComponentReport['owner']>, string> = {
  ours: ', installed by this template',
  others: ', installed by others',
  embedded: ', embedded',
};

function stateText({ state, owner }: ComponentReport): string {
  return `${STATE_TEXT[state]}${owner === undefined ? '' : OWNER_TEXT[owner]}`;
}

function placeText({ controllers }: ComponentReport): string[] {
  return controllers.map(
    ({ namespace, name, message, watches }) =>
      `${namespace}/${name}: ${message}${
        watches === undefined ? '' : `, looks after ${watches.join(', ')} alone`
      }`,
  );
}

function sentenceOf({ message, nextStep }: Finding): string {
  return nextStep === undefined ? message : `${message}; ${nextStep}`;
}

function findingText(finding: Finding): string {
  const { severity } = finding;
  return `${severity === 'note' ? '' : `${severity}: `}${sentenceOf(finding)}`;
}

function rowsOf(report: PlatformReport): Row[] {
  const { kubernetes, servers } = report;
  const components = PLATFORM_COMPONENTS.map((component): Row => {
    const found = report[component];
    return {
      what: PLATFORM_VERSIONS[component].title,
      state: stateText(found),
      version: found.version ?? '',
      details: [...placeText(found), ...found.findings.map(findingText)].join(
        '. ',
      ),
    };
  });
  const serverRows = (): Row[] => {
    if (servers.state === 'notInstalled') {
      return [];
    }
    if (servers.state === 'forbidden') {
      return [
        {
          what: 'Prometheus servers',
          state: 'not to be seen',
          version: '',
          details: servers.message,
        },
      ];
    }
    return servers.servers.length === 0
      ? [
          {
            what: 'Prometheus servers',
            state: 'none',
            version: '',
            details: 'each service may bring its own',
          },
        ]
      : servers.servers.map(
          ({ namespace, name, version, isAvailable, message, selects }) => ({
            what: `Prometheus ${namespace}/${name}`,
            state: isAvailable ? 'present' : 'broken',
            version: version ?? '',
            details: `${message}. Takes up ${selects}`,
          }),
        );
  };
  return [
    {
      what: 'Kubernetes',
      state: 'present',
      version: kubernetes.version,
      details: {
        tested: '',
        untested: 'not tested, though new enough',
        newerThanTested: 'newer than what was tested',
        tooOld: `problem: older than ${PLATFORM_VERSIONS.kubernetes.oldest}, and lacks ${PLATFORM_VERSIONS.kubernetes.oldestReason}`,
        unknown: 'the version could not be told',
      }[kubernetes.support],
    },
    ...components,
    ...serverRows(),
  ];
}

const cell = (text: string) =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\s+/g, ' ');

/** The report as a Markdown table. */
export function platformTable(report: PlatformReport): string {
  return [
    '| Part | State | Version | Details |',
    '| --- | --- | --- | --- |',
    ...rowsOf(report).map(
      ({ what, state, version, details }) =>
        `| ${[what, state, version, details].map(cell).join(' | ')} |`,
    ),
  ].join('\n');
}

/** The report as lines for a log, in columns. */
export function platformLines(report: PlatformReport): string[] {
  const rows = rowsOf(report);
  const width = (key: 'what' | 'state' | 'version') =>
    Math.max(...rows.map(row => row[key].length));
  return rows.map(row =>
    [
      row.what.padEnd(width('what')),
      row.state.padEnd(width('state')),
      row.version.padEnd(width('version')),
      row.details,
    ]
      .join('  ')
      .trimEnd(),
  );
}

/** Why services do not scale on the cluster yet, one sentence each; empty: they do. */
export function platformProblems(report: PlatformReport): string[] {
  const { kubernetes } = report;
  return [
    ...(kubernetes.support === 'tooOld'
      ? [
          `Kubernetes ${kubernetes.version} is older than ${PLATFORM_VERSIONS.kubernetes.oldest}; upgrade the cluster`,
        ]
      : []),
    ...PLATFORM_COMPONENTS.flatMap(component => {
      const found = report[component];
      const { title } = PLATFORM_VERSIONS[component];
      return found.state === 'absent'
        ? [`${title} is not installed; install it by this template`]
        : found.findings
            .filter(({ severity }) => severity === 'problem')
            .map(finding => `${title}: ${sentenceOf(finding)}`);
    }),
  ];
}
