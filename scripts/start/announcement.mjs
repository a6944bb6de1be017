/** What a person needs to know once the page is served. */
export function announcement({ url, kubeconfig, embedded, options, logFile }) {
  const { clusters, namespaces, registry } = options;
  const lines = [
    '',
    `Backstage is at ${url}`,
    ...(embedded ? embeddedLines(embedded, namespaces) : []),
    ...(kubeconfig
      ? kubeconfig.clusters.map(
          ({ context, server, user }) =>
            `  cluster ${context}: ${server} as ${user}; services may be created in ${namespaces.join(
              ', ',
            )}`,
        )
      : []),
    ...(kubeconfig === undefined && embedded === undefined
      ? [
          '  No cluster, so no service can be created. Name one: npm start -- --cluster <context of your kubeconfig>',
        ]
      : []),
    ...(clusters.length > 0 && registry === undefined
      ? [
          '  No image registry: a service cannot be published. Name one: --registry <host[:port]>, which your machine pushes to and the cluster pulls from',
        ]
      : []),
    `  Log: ${logFile}. Ctrl-C ends it.`,
    '',
  ];
  return lines.join('\n');
}

function embeddedLines({ kubeconfig, url }, namespaces) {
  return [
    `  cluster embedded: ${url}, for trying out; services may be created in ${namespaces.join(
      ', ',
    )}`,
    `    It runs pods as processes of yours and is no security boundary: create what you would run yourself.`,
    `    kubectl --kubeconfig ${kubeconfig} get pods --all-namespaces`,
    `    Your own instead: npm start -- --cluster <context of your kubeconfig>`,
  ];
}
