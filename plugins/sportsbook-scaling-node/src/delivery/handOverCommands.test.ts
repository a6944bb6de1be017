import { goldenManifests } from '../__testUtils__/goldenManifests';
import { readManifests } from '../manifests';
import { handOverCommands } from './handOverCommands';

describe('handOverCommands', () => {
  it('applies what the template renders stage by stage, the ScaledObject last, and follows the rollout', async () => {
    expect(
      handOverCommands({
        manifests: await goldenManifests('registry.example.com/odds@sha256:1'),
        namespace: 'betting',
      }),
    ).toEqual(
      [
        ['prometheus-role', 'prometheus-serviceaccount'],
        [
          'poddisruptionbudget',
          'prometheus-rolebinding',
          'prometheus-service',
          'service',
        ],
        ['deployment'],
        ['servicemonitor'],
        ['prometheus'],
        ['scaledobject'],
      ]
        .map(
          files =>
            `kubectl apply --server-side --field-manager=backstage-sportsbook-scaling --namespace=betting ${files
              .map(file => `-f k8s/${file}.yaml`)
              .join(' ')}`,
        )
        .concat(
          'kubectl rollout status --timeout=300s --namespace=betting deployment/odds-api',
        ),
    );
  });

  it('leaves nothing of a name to the shell', () => {
    const [command] = handOverCommands({
      manifests: readManifests([
        {
          path: "k8s/it's; rm -rf $HOME.yaml",
          text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
        },
      ]),
      namespace: 'betting',
    });
    expect(command).toMatch(/ -f 'k8s\/it'\\''s; rm -rf \$HOME\.yaml'$/);
  });

  it('takes a file as a whole, with the last of its objects', () => {
    const commands = handOverCommands({
      manifests: readManifests([
        {
          path: 'all.yaml',
          text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: a}\n',
        },
        {
          path: 'config.yaml',
          text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n',
        },
      ]),
      namespace: 'betting',
    });
    expect(commands.map(command => command.split(' -f ')[1])).toEqual([
      'config.yaml',
      'all.yaml',
    ]);
  });
});
