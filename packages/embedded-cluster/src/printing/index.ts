export { printTable } from './printTable';
