import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SidebarContent } from './SidebarContent';

export const navigationModule = createFrontendModule({
  pluginId: 'app',
  extensions: [SidebarContent],
});
