import { writeFileSync } from 'node:fs';
import { VERSIONS_PAGE, versionsPage } from '../tests/versionsPage';

writeFileSync(VERSIONS_PAGE, versionsPage());
