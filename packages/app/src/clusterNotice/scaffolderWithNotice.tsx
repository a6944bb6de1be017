import { coreExtensionData } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { ClusterNotice } from '@sportsbook/plugin-sportsbook-scaling';
import { Route, Routes } from 'react-router-dom';

/** The scaffolder with the notice above the list of templates; the form has its own. */
export const scaffolderWithNotice = scaffolderPlugin.withOverrides({
  extensions: [
    scaffolderPlugin.getExtension('page:scaffolder').override({
      *factory(originalFactory) {
        const page = originalFactory();
        yield* page;
        yield coreExtensionData.reactElement(
          <>
            <Routes>
              <Route path="templates" element={<ClusterNotice />} />
              <Route path="*" element={null} />
            </Routes>
            {page.get(coreExtensionData.reactElement)}
          </>,
        );
      },
    }),
  ],
});
