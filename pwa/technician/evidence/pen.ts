// A finger or a pen on a white field: every stroke as a smooth line.

interface Point {
  readonly x: number;
  readonly y: number;
}

const INK = '#111';
const WIDTH = 2.5;

/** Draws what is drawn by hand; `onStroke` is called with each stroke. Returns how to stop. */
export function drawByHand(canvas: HTMLCanvasElement, onStroke: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const context = begun(canvas);
  let last: Point | undefined;
  let middle: Point | undefined;

  function draw({ offsetX: x, offsetY: y }: PointerEvent): void {
    if (!last || !middle) return;
    // From middle to middle, bent by the point between them: no corner is left.
    const next = { x: (last.x + x) / 2, y: (last.y + y) / 2 };
    context.beginPath();
    context.moveTo(middle.x, middle.y);
    context.quadraticCurveTo(last.x, last.y, next.x, next.y);
    context.stroke();
    last = { x, y };
    middle = next;
  }

  canvas.addEventListener(
    'pointerdown',
    (event) => {
      canvas.setPointerCapture(event.pointerId);
      last = middle = { x: event.offsetX, y: event.offsetY };
      // A dot is a stroke too.
      draw(event);
      onStroke();
    },
    { signal },
  );
  canvas.addEventListener(
    'pointermove',
    (event) => {
      const all = event.getCoalescedEvents?.() ?? [];
      for (const each of all.length > 0 ? all : [event]) draw(each);
    },
    { signal },
  );
  for (const end of ['pointerup', 'pointercancel'] as const)
    canvas.addEventListener(end, () => (last = middle = undefined), { signal });
  return () => stop.abort();
}

/** White paper in every theme: the picture is looked at elsewhere. */
export function wipe(canvas: HTMLCanvasElement): void {
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** The name in place of a signature, for whoever cannot draw. */
export function write(canvas: HTMLCanvasElement, name: string): void {
  wipe(canvas);
  const context = canvas.getContext('2d')!;
  context.fillStyle = INK;
  context.textBaseline = 'middle';
  context.font = 'italic 32px serif';
  context.fillText(name, 16, canvas.offsetHeight / 2, canvas.offsetWidth - 32);
}

/** As many pixels as the screen shows, so that the line is sharp and lies under the finger. */
function begun(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const scale = Math.max(devicePixelRatio || 1, 1);
  canvas.width = canvas.offsetWidth * scale;
  canvas.height = canvas.offsetHeight * scale;
  wipe(canvas);
  const context = canvas.getContext('2d')!;
  context.scale(scale, scale);
  Object.assign(context, { strokeStyle: INK, lineWidth: WIDTH, lineCap: 'round', lineJoin: 'round' });
  return context;
}
