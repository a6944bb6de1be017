export { catalogWithNotice } from './catalogWithNotice';
export { scaffolderWithNotice } from './scaffolderWithNotice';
