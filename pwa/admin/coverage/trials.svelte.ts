// A promise nobody made yet, tried out on weeks gone by: what is asked, how far it is, what came of it.
import { Deed } from '../../lib/api/deed.svelte.ts';
import type { Problem } from '../../lib/api/index.ts';
import type { Severity } from '../../lib/ui/index.ts';
import { Loaded } from '../loaded.svelte.ts';
import type { Region, Trial, TrialsGateway } from './trials_gateway.ts';

const HOUR = 3600;
const MOST_HOURS = 14 * 24;

export class TrialsView {
  readonly loaded: Loaded<readonly Trial[]>;
  readonly deed = new Deed();
  /** Empty for every region. */
  region = $state('');
  severity = $state<Severity>('S2');
  hours = $state('3');
  counted = $state<'service' | 'always'>('service');
  weeks = $state('6');
  #regions = $state.raw<readonly Region[]>([]);
  readonly #gateway: TrialsGateway;

  constructor(gateway: TrialsGateway) {
    this.#gateway = gateway;
    this.loaded = new Loaded(async () => {
      const [trials, regions] = await Promise.all([gateway.trials(), gateway.regions()]);
      this.#regions = regions;
      return trials;
    });
  }

  get trials(): readonly Trial[] {
    return this.loaded.value ?? [];
  }

  /** What was refused, or why what is shown may be old: progress that stands still must say so. */
  get problem(): Problem | undefined {
    return this.deed.problem ?? this.loaded.problem;
  }

  get regions(): readonly Region[] {
    return this.#regions;
  }

  get isRunning(): boolean {
    return this.trials.some((each) => each.status === 'running');
  }

  /** The promise in seconds; undefined while what is written is no number of hours to promise. */
  get seconds(): number | undefined {
    const seconds = Math.round(Number(this.hours.replace(',', '.')) * HOUR);
    return seconds >= 60 && seconds <= MOST_HOURS * HOUR ? seconds : undefined;
  }

  regionName(id: string): string {
    return this.#regions.find((each) => each.id === id)?.name ?? '';
  }

  async start(): Promise<void> {
    const seconds = this.seconds;
    if (seconds === undefined) return;
    const wanted = this.#regions.filter((each) => this.region === '' || each.id === this.region);
    await this.deed.run(async (key) => {
      for (const region of wanted) {
        const wish = {
          region_id: region.id,
          severity: this.severity,
          within_seconds: seconds,
          is_always: this.counted === 'always',
          weeks: Number(this.weeks),
          seed: 1,
        };
        await this.#gateway.start(wish, `${key} ${region.id}`);
      }
    });
    await this.loaded.refresh();
  }

  async stop(trial: Trial): Promise<void> {
    await this.deed.run(async (key) => {
      await this.#gateway.stop(trial.id, key);
    });
    await this.loaded.refresh();
  }

  /** Reads again what still runs. */
  async look(): Promise<void> {
    if (this.isRunning) await this.loaded.refresh();
  }
}
