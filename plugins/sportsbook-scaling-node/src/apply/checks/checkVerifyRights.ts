import { AccessQuestion } from '../../ports/KubernetesClient';
import { mapInFlight } from '../mapInFlight';
import { PlanCheck } from '../PlanContext';
import { describeMissingRight } from './describeMissingRight';
import { NamedServer, namedServers } from './namedServers';

/** What the walk along the chain reads in a ScaledObject's namespace. */
const READ_IN_NAMESPACE = [
  { verb: 'list', group: '', resource: 'services' },
  { verb: 'list', group: '', resource: 'pods' },
  { verb: 'list', group: '', resource: 'events' },
  { verb: 'list', group: 'discovery.k8s.io', resource: 'endpointslices' },
  { verb: 'get', group: 'autoscaling', resource: 'horizontalpodautoscalers' },
];

/** The way to a Service's pods; a right to it is often limited to the name. */
function proxyQuestions({ address }: NamedServer): AccessQuestion[] {
  return address.type === 'service'
    ? [
        {
          verb: 'get',
          group: '',
          resource: 'services',
          subresource: 'proxy',
          namespace: address.namespace,
          name: `${address.scheme}:${address.service}:${address.port}`,
        },
      ]
    : [];
}

function unique(questions: AccessQuestion[]): AccessQuestion[] {
  return [
    ...new Map(
      questions.map(question => [JSON.stringify(question), question]),
    ).values(),
  ];
}

/**
 * Warns of rights that only a proof of the whole chain takes, and the card: the
 * service runs and scales without them.
 */
export const checkVerifyRights: PlanCheck = async ({
  client,
  objects,
  writer,
  signal,
}) => {
  // What people apply is not verified.
  if (writer === 'people') {
    return { problems: [] };
  }
  const servers = namedServers(objects);
  const questions = unique(
    servers.flatMap(server => [
      ...READ_IN_NAMESPACE.map(question => ({
        ...question,
        namespace: server.namespace,
      })),
      ...proxyQuestions(server),
    ]),
  );
  const warnings = await mapInFlight(questions, async question => {
    const { allowed } = await client.can(question, { signal });
    return allowed
      ? []
      : [
          `scaling:verify and the card lack a right: ${describeMissingRight(
            client.cluster,
            question,
            [question.verb],
          )}`,
        ];
  });
  return { problems: [], warnings: warnings.flat() };
};
