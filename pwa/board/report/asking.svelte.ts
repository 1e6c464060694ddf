// Two questions at the telephone, and the severity the answers propose for this customer.
import type { BoardGateway } from '../gateway.ts';
import type { Report, Severity } from '../wire.ts';

export type Impact = NonNullable<Report['impact']>;
export type Urgency = NonNullable<Report['urgency']>;

export class Asking {
  #impact = $state<Impact>();
  #urgency = $state<Urgency>();
  #proposed = $state<Severity>();
  #isOwn = $state(false);
  readonly #gateway: BoardGateway;
  readonly #customer: () => string | undefined;
  readonly #propose: (severity: Severity) => void;

  constructor(gateway: BoardGateway, customer: () => string | undefined, propose: (severity: Severity) => void) {
    this.#gateway = gateway;
    this.#customer = customer;
    this.#propose = propose;
  }

  get impact(): Impact | undefined {
    return this.#impact;
  }

  get urgency(): Urgency | undefined {
    return this.#urgency;
  }

  /** None until both questions are answered, or while the office cannot be asked. */
  get proposed(): Severity | undefined {
    return this.#proposed;
  }

  /** Whether the customer agreed on a matrix of their own. */
  get isOwn(): boolean {
    return this.#isOwn;
  }

  answerImpact(impact: Impact): void {
    this.#impact = impact;
    void this.ask();
  }

  answerUrgency(urgency: Urgency): void {
    this.#urgency = urgency;
    void this.ask();
  }

  /** Also once the place is known: another customer may have agreed otherwise. */
  async ask(): Promise<void> {
    const [impact, urgency] = [this.#impact, this.#urgency];
    if (impact === undefined || urgency === undefined) return;
    let severity: Severity | undefined;
    let isOwn = false;
    try {
      const { cells, customer_id } = await this.#gateway.severityMatrix(this.#customer());
      isOwn = customer_id !== null;
      severity = cells[impact]?.[urgency] as Severity | undefined;
    } catch {
      severity = undefined;
    }
    if (impact !== this.#impact || urgency !== this.#urgency) return;
    this.#proposed = severity;
    this.#isOwn = isOwn;
    if (severity !== undefined) this.#propose(severity);
  }

  clear(): void {
    this.#impact = this.#urgency = this.#proposed = undefined;
  }

  body(): Pick<Report, 'impact' | 'urgency'> {
    return { impact: this.#impact ?? null, urgency: this.#urgency ?? null };
  }
}
