// Pauses between pieces of work, so that a slow phone draws and hears a tap in between.

/** What comes after this is a task of its own. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** What comes after this is done when what is there now has been drawn, or nobody looks. */
export function drawn(): Promise<void> {
  return new Promise((resolve) => {
    const next = (): void => void setTimeout(resolve);
    if (document.visibilityState === 'hidden') next();
    else requestAnimationFrame(next);
  });
}
