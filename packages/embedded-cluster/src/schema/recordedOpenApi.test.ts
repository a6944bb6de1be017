import { createHash } from 'node:crypto';
import { recordedOpenApi, recordedVersion } from './recordedOpenApi';

const openApi = recordedOpenApi();

describe('recordedOpenApi', () => {
  it('has a document for each group and version, under the hash of its bytes', () => {
    expect(openApi.paths()).toEqual(
      expect.arrayContaining(['api/v1', 'apis/apps/v1', 'apis/batch/v1']),
    );
    for (const path of openApi.paths()) {
      const document = openApi.document(path);
      expect(
        createHash('sha512')
          .update(document ?? '')
          .digest('hex')
          .toUpperCase(),
      ).toBe(openApi.hash(path));
    }
  });

  it('holds what kubectl explain prints, of the resources that are served', () => {
    const document = JSON.parse(String(openApi.document('apis/apps/v1')));

    expect(
      document.components.schemas['io.k8s.api.apps.v1.DeploymentSpec']
        .description,
    ).toMatch(/specification of the desired behavior/);
    expect(document.paths).toHaveProperty([
      '/apis/apps/v1/namespaces/{namespace}/deployments/{name}',
    ]);
    expect(document.paths).not.toHaveProperty([
      '/apis/apps/v1/namespaces/{namespace}/controllerrevisions/{name}',
    ]);
  });

  it('knows no other paths', () => {
    expect(openApi.document('apis/none/v1')).toBeUndefined();
    expect(openApi.hash('constructor')).toBeUndefined();
  });

  it('says which server it was recorded from', () => {
    expect(recordedVersion().gitVersion).toMatch(/^v1\.\d+\.\d+$/);
  });
});
