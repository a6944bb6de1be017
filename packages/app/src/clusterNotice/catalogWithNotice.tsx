import { coreExtensionData } from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { ClusterNotice } from '@sportsbook/plugin-sportsbook-scaling';

/** The catalog, which is the page that people land on, with the notice above its list. */
export const catalogWithNotice = catalogPlugin.withOverrides({
  extensions: [
    catalogPlugin.getExtension('page:catalog').override({
      *factory(originalFactory) {
        const page = originalFactory();
        yield* page;
        yield coreExtensionData.reactElement(
          <>
            <ClusterNotice />
            {page.get(coreExtensionData.reactElement)}
          </>,
        );
      },
    }),
  ],
});
