import { useParentSize } from '@visx/responsive';
import { useState } from 'react';

const INITIAL_WIDTH = 600;
const INITIAL_SIZE = { width: INITIAL_WIDTH, height: 0, top: 0, left: 0 };
// The plot's height follows from its width, so only the width matters.
const IGNORED: ('height' | 'top' | 'left')[] = ['height', 'top', 'left'];

/**
 * The width of the element that `parentRef` is put on, in pixels. While that
 * element is hidden and has no width, the last one stays: the chart would be
 * squeezed for a moment when it comes back.
 */
export function useParentWidth() {
  const { parentRef, width } = useParentSize({
    initialSize: INITIAL_SIZE,
    ignoreDimensions: IGNORED,
    debounceTime: 100,
  });
  const [shownWidth, setShownWidth] = useState(INITIAL_WIDTH);
  if (width > 0 && width !== shownWidth) {
    setShownWidth(width);
  }
  return { parentRef, width: shownWidth };
}
