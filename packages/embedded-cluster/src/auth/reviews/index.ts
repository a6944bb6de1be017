export { createReviews } from './createReviews';
