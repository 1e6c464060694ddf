// What one person hears of: read, chosen, kept. What was ticked stays when it could not be kept.
import { Problem } from '../api/problem.ts';
import type { Choices, NotifyingGateway, Own, Topic, Yesterday } from './gateway.ts';

const NIGHT = { from: '22:00', to: '07:00' };

export interface QuietForm {
  isOn: boolean;
  from: string;
  to: string;
}

/** What is ticked, by topic and channel. */
export const ticked = (topics: readonly Topic[]): Choices =>
  Object.fromEntries(topics.map(({ topic, channels }) => [topic, { ...channels }]));

export class OwnNotifications {
  choices = $state<Choices>({});
  quiet = $state<QuietForm>({ isOn: false, ...NIGHT });
  letsTrappedThrough = $state(true);
  #own = $state.raw<Own>();
  #yesterday = $state.raw<Yesterday>();
  #problem = $state.raw<Problem>();
  #refusal = $state.raw<Problem>();
  #isBusy = $state(false);
  readonly #gateway: NotifyingGateway;
  readonly #here: string;

  /** `here` is the zone the reader's device is in. */
  constructor(gateway: NotifyingGateway, here: string) {
    this.#gateway = gateway;
    this.#here = here;
  }

  get own(): Own | undefined {
    return this.#own;
  }

  get yesterday(): Yesterday | undefined {
    return this.#yesterday;
  }

  /** Why it could not be read. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Why it was not kept. */
  get refusal(): Problem | undefined {
    return this.#refusal;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  get zone(): string {
    return this.#own?.zone || this.#here;
  }

  async open(): Promise<void> {
    try {
      this.#take(await this.#gateway.mine());
      this.#problem = undefined;
      await this.#look();
    } catch (error) {
      this.#problem = Problem.from(error);
    }
  }

  save(): Promise<boolean> {
    const { isOn, from, to } = this.quiet;
    return this.#change({
      choices: $state.snapshot(this.choices),
      quiet_from: isOn ? minuteOf(from) : null,
      quiet_to: isOn ? minuteOf(to) : null,
      zone: this.#here,
      lets_trapped_through: this.letsTrappedThrough,
    });
  }

  mailAgain(): Promise<boolean> {
    return this.#change({ is_mail_stopped: false });
  }

  async #change(body: Parameters<NotifyingGateway['change']>[0]): Promise<boolean> {
    if (this.#own === undefined || this.#isBusy) return false;
    this.#isBusy = true;
    this.#refusal = undefined;
    try {
      this.#take(await this.#gateway.change(body, this.#own.version));
      await this.#look();
      return true;
    } catch (error) {
      this.#refusal = Problem.from(error);
      // Changed on another device: the next save goes on top of it.
      if (this.#refusal.status === 412) this.#own = await this.#gateway.mine().catch(() => this.#own);
      return false;
    } finally {
      this.#isBusy = false;
    }
  }

  async #look(): Promise<void> {
    this.#yesterday = await this.#gateway.yesterday(this.zone).catch(() => this.#yesterday);
  }

  #take(own: Own): void {
    this.#own = own;
    this.choices = ticked(own.topics);
    this.letsTrappedThrough = own.lets_trapped_through;
    this.quiet =
      own.quiet_from == null || own.quiet_to == null
        ? { isOn: false, ...NIGHT }
        : { isOn: true, from: clockOf(own.quiet_from), to: clockOf(own.quiet_to) };
  }
}

/** `22:00` as minutes of the day. */
export function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

export function clockOf(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
