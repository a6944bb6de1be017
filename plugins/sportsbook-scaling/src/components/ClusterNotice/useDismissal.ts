import { useState } from 'react';

/**
 * Remembers for the browser's session that a person closed something.
 *
 * @param key - of the session storage
 */
export function useDismissal(key: string): {
  isDismissed: boolean;
  dismiss: () => void;
} {
  const [isDismissed, setDismissed] = useState(() => wasDismissed(key));
  const dismiss = () => {
    setDismissed(true);
    try {
      window.sessionStorage.setItem(key, 'dismissed');
    } catch {
      // A browser without storage remembers until the next page.
    }
  };
  return { isDismissed, dismiss };
}

function wasDismissed(key: string): boolean {
  try {
    return window.sessionStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}
