// One's own views of the board, by name. Kept at the server per person; asked for when first needed.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import type { Problem } from '../../lib/api/problem.ts';
import { problemOf } from '../failure.ts';
import { type Look, readLook, writeLook } from './look.ts';

/** `look` is a look as part of an address. */
export type SavedView = Schemas['BoardViewOut'];

export interface ViewsPort {
  list(): Promise<readonly SavedView[]>;
  /** Under this name, or no more where there is no look; gives what there is then. */
  keep(name: string, look: string | null): Promise<readonly SavedView[]>;
}

const overHttp: ViewsPort = {
  list: async () => (await answerOf(api.GET('/api/board/views'))).items,
  keep: async (name, look) => {
    const headers = { 'Idempotency-Key': crypto.randomUUID() };
    return (await answerOf(api.POST('/api/board/views', { body: { name, look }, headers }))).items;
  },
};

export class SavedViews {
  #views = $state.raw<readonly SavedView[] | null>(null);
  #problem = $state.raw<Problem | null>(null);
  readonly #port: ViewsPort;

  constructor(port: ViewsPort = overHttp) {
    this.#port = port;
  }

  /** In the order of their names; null before they were read. */
  get views(): readonly { readonly name: string; readonly look: Look }[] | null {
    return this.#views?.map(({ name, look }) => ({ name, look: readLook(new URLSearchParams(look)) })) ?? null;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async read(): Promise<void> {
    await this.#take(() => this.#port.list());
  }

  /** Under a name of one's own; one of that name is replaced. */
  save(name: string, look: Look): Promise<boolean> {
    const parts = new URLSearchParams();
    writeLook(look, parts);
    return this.#take(() => this.#port.keep(name, parts.toString()));
  }

  forget(name: string): Promise<boolean> {
    return this.#take(() => this.#port.keep(name, null));
  }

  async #take(deed: () => Promise<readonly SavedView[]>): Promise<boolean> {
    try {
      this.#views = await deed();
      this.#problem = null;
      return true;
    } catch (error) {
      this.#problem = problemOf(error);
      return false;
    }
  }
}

export const savedViews = new SavedViews();
