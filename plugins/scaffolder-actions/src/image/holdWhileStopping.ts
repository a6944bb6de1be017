/**
 * A task whose step fails while the backend stops is failed for good; one that
 * is still at it is resumed when the backend is back.
 */
export async function holdWhileStopping(
  shutdownSignal: AbortSignal,
  cancelled: AbortSignal | undefined,
): Promise<void> {
  if (shutdownSignal.aborted) {
    await new Promise((_resolve, reject) => {
      cancelled?.addEventListener('abort', () => reject(cancelled.reason), {
        once: true,
      });
    });
  }
}
