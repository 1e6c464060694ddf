// The severities two answers propose: for everybody, or as agreed with one customer.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { Problem } from '../../lib/api/problem.ts';
import type { Cells, Matrix, SeverityGateway } from './gateway.ts';

export const impacts = ['person', 'stopped', 'limited', 'none'] as const;
export const urgencies = ['now', 'today', 'later'] as const;

export class OneMatrix {
  readonly deed = new Deed();
  cells = $state<Cells>();
  #matrix = $state.raw<Matrix>();
  #problem = $state.raw<Problem>();
  #customer = '';
  readonly #gateway: SeverityGateway;

  constructor(gateway: SeverityGateway) {
    this.#gateway = gateway;
  }

  /** Why it could not be read. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Whether it was written for whoever is chosen, and not taken over from everybody. */
  get isOwn(): boolean {
    return this.#matrix?.id != null && (this.#matrix.customer_id ?? '') === this.#customer;
  }

  /** An empty customer means everybody. */
  async open(customer: string): Promise<void> {
    this.#customer = customer;
    this.deed.forget();
    try {
      const matrix = await this.#gateway.inForce(customer || undefined);
      if (customer !== this.#customer) return;
      this.#problem = undefined;
      this.#take(matrix);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#problem = error;
    }
  }

  async save(): Promise<boolean> {
    const cells = $state.snapshot(this.cells);
    const matrix = this.#matrix;
    if (cells === undefined || matrix === undefined) return false;
    const isDone = await this.deed.run(async (key) => {
      this.#take(
        this.isOwn
          ? await this.#gateway.change(matrix, cells)
          : await this.#gateway.create(this.#customer || undefined, cells, key),
      );
    });
    // Somebody else's is read, what was chosen here stays to be saved on top of it.
    if (this.deed.problem?.status === 412 || this.deed.problem?.status === 409) {
      this.#matrix = await this.#gateway.inForce(this.#customer || undefined).catch(() => matrix);
    }
    return isDone;
  }

  /** From now on what holds for everybody holds for this customer. */
  async remove(): Promise<boolean> {
    const matrix = this.#matrix;
    if (matrix === undefined || !this.isOwn) return false;
    const isDone = await this.deed.run(async () => void (await this.#gateway.remove(matrix)));
    if (isDone) await this.open(this.#customer);
    return isDone;
  }

  #take(matrix: Matrix): void {
    this.#matrix = matrix;
    this.cells = Object.fromEntries(Object.entries(matrix.cells).map(([impact, row]) => [impact, { ...row }]));
  }
}
