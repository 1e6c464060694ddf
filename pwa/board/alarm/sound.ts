// Two tones, again and again while something rings. Browsers keep silent until a page was touched.

const EVERY = 4_000;
const TONES = [
  { frequency: 740, at: 0 },
  { frequency: 988, at: 0.22 },
];
const LENGTH = 0.18;
const LOUDNESS = 0.12;

export class Bell {
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Whether the browser would let it be heard. */
  get isHeard(): boolean {
    return this.#context?.state === 'running';
  }

  /** On a press or a key: from then on the browser lets it sound. */
  async wake(): Promise<void> {
    if (globalThis.AudioContext === undefined) return;
    this.#context ??= new AudioContext();
    if (this.#context.state === 'suspended') await this.#context.resume();
  }

  ring(): void {
    if (this.#timer !== undefined) return;
    this.#strike();
    this.#timer = setInterval(() => this.#strike(), EVERY);
  }

  rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #strike(): void {
    const context = this.#context;
    if (context?.state !== 'running') return;
    for (const { frequency, at } of TONES) {
      const [tone, volume] = [context.createOscillator(), context.createGain()];
      const begin = context.currentTime + at;
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.02);
      volume.gain.linearRampToValueAtTime(0, begin + LENGTH);
      tone.connect(volume).connect(context.destination);
      tone.start(begin);
      tone.stop(begin + LENGTH);
    }
  }
}
