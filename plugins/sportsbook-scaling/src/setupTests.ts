import '@testing-library/jest-dom';

// jsdom lays nothing out: it cannot scroll, and has no observer of sizes, so
// charts keep their first size.
class UnchangingResizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

if (typeof window !== 'undefined') {
  window.ResizeObserver ??= UnchangingResizeObserver;
  window.scrollTo = () => {};
}
