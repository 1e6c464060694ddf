// Visits and calls by pointer: pressed, pulled a little, and they are in the hand until let go.
// A finger scrolls instead; for it, and for everybody, the menu and the keys do the same.
import { type Acts, isMovable } from './acts.svelte.ts';
import type { BoardVisit, Intervention } from '../wire.ts';
import type { Surface } from './surface.ts';

const PULLED = 5;
/** So far nobody pulls by a slip of the hand what can no longer be moved. */
const PULLED_IN_EARNEST = 24;

interface Board {
  readonly acts: Acts;
  readonly surface: Surface;
  entry(visit: string): BoardVisit | null;
  call(intervention: string): Intervention | null;
  drop(): Promise<void>;
  /** Somebody pulls what can no longer be moved. */
  tellFixed(entry: BoardVisit): void;
  /** Nobody moves what was, and not everybody may. */
  mayAct(): boolean;
}

/** Listens until it is told to stop. */
export function dragging(board: Board): () => void {
  const { acts, surface } = board;
  const { hand } = acts;
  let pressed: { x: number; y: number; element: Element; fixed: BoardVisit | null } | null = null;
  let grabbed = 0;
  let frame = 0;
  let last: PointerEvent | null = null;

  function press(event: PointerEvent): void {
    const element = event.target instanceof Element ? event.target.closest('[data-visit], [data-call]') : null;
    const isPlain = !event.ctrlKey && !event.shiftKey && !event.metaKey;
    const isMouse = event.button === 0 && event.pointerType !== 'touch';
    if (element && isMouse && isPlain && board.mayAct() && hand.held === null) {
      const entry = board.entry(element.getAttribute('data-visit') ?? '');
      const fixed = entry === null || isMovable(entry) ? null : entry;
      pressed = { x: event.clientX, y: event.clientY, element, fixed };
      if (entry !== null) acts.expectVisit(entry);
    }
  }

  function pull(event: PointerEvent): void {
    if (pressed !== null) {
      const { element, x, y, fixed } = pressed;
      const isPulled = Math.hypot(event.clientX - x, event.clientY - y) > (fixed ? PULLED_IN_EARNEST : PULLED);
      if (isPulled) pressed = null;
      if (isPulled && fixed) board.tellFixed(fixed);
      else if (isPulled && take(element, x)) isDragging = hand.isLed = true;
    }
    if (!isDragging) return;
    last = event;
    frame ||= requestAnimationFrame(aim);
  }

  let isDragging = false;

  function take(element: Element, x: number): boolean {
    const [visit, call] = [element.getAttribute('data-visit'), element.getAttribute('data-call')];
    const entry = visit === null ? null : board.entry(visit);
    if (entry !== null) {
      // The bar keeps its place below the pointer: what counts is its start, not where it was seized.
      grabbed = x - element.getBoundingClientRect().left;
      return acts.takeVisit(entry);
    }
    const waiting = call === null ? null : board.call(call);
    grabbed = 0;
    return waiting !== null && acts.takeCall(waiting);
  }

  function aim(): void {
    frame = 0;
    if (last === null || hand.held === null) return;
    const { clientX, clientY } = last;
    surface.nudge(clientX, clientY);
    const technician = surface.technicianAt(clientX, clientY);
    const instant = surface.instantAt(clientX - grabbed);
    if (technician !== null && instant !== null) hand.aim(technician, instant);
    else if (isOverQueue(clientX, clientY)) hand.aimAtQueue();
    else hand.aimNowhere();
  }

  function release(event: PointerEvent): void {
    pressed = null;
    hand.expectNothing();
    if (!isDragging) return;
    last = event;
    cancelAnimationFrame(frame);
    aim();
    isDragging = hand.isLed = false;
    last = null;
    // The click that ends a drag selects nothing.
    addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', swallow, { capture: true }));
    void board.drop();
  }

  function stop(): void {
    pressed = null;
    if (isDragging) hand.cancel();
    isDragging = false;
  }

  /** What is carried by keys is held where a row is clicked: fingers and mice carry it on. */
  function aimByClick(event: MouseEvent): void {
    if (hand.held === null || isDragging) return;
    const technician = surface.technicianAt(event.clientX, event.clientY);
    const instant = surface.instantAt(event.clientX);
    if (technician === null || instant === null || isCovered(event)) return;
    swallow(event);
    hand.aim(technician, instant);
  }

  addEventListener('click', aimByClick, { capture: true });
  addEventListener('pointerdown', press);
  addEventListener('pointermove', pull);
  addEventListener('pointerup', release);
  addEventListener('pointercancel', stop);
  return () => {
    removeEventListener('click', aimByClick, { capture: true });
    removeEventListener('pointerdown', press);
    removeEventListener('pointermove', pull);
    removeEventListener('pointerup', release);
    removeEventListener('pointercancel', stop);
    cancelAnimationFrame(frame);
  };
}

function isOverQueue(x: number, y: number): boolean {
  return document.elementFromPoint(x, y)?.closest('[data-queue]') != null;
}

/** Whether something floats above the rows there. */
function isCovered({ target }: MouseEvent): boolean {
  return !(target instanceof Element) || target.closest('[role="grid"]') === null;
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
