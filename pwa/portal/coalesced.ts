// Many wishes, one errand: asking again while an answer is awaited leads to one more errand after it.

/** The returned function resolves once everything wished for before the call has been fetched. */
export function coalesced(errand: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    running = errand().finally(() => (running = undefined));
    return running;
  };
  return () => {
    if (!running) return start();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
}
