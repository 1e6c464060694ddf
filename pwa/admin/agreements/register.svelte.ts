// The register of agreements: every one in a row, and the few somebody looks for.
import { Deed } from '../../lib/api/deed.svelte.ts';
import { Problem } from '../../lib/api/problem.ts';
import { Loaded } from '../loaded.svelte.ts';
import type { AgreementsGateway } from './gateway.ts';
import type { AgreementBrief, AgreementKind, Imported, VersionStatus } from './wire.ts';

export class Register {
  query = $state('');
  kind = $state<AgreementKind | ''>('');
  status = $state<VersionStatus | ''>('');
  isOverdueOnly = $state(false);

  readonly list: Loaded<AgreementBrief[]>;
  readonly importing = new Deed();
  #read = $state.raw<unknown>();
  readonly #gateway: AgreementsGateway;

  constructor(gateway: AgreementsGateway) {
    this.#gateway = gateway;
    this.list = new Loaded(() => gateway.agreements());
  }

  get shown(): readonly AgreementBrief[] {
    const words = this.query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return (this.list.value ?? []).filter(
      (each) =>
        (this.kind === '' || each.kind === this.kind) &&
        (this.status === '' || each.status === this.status) &&
        (!this.isOverdueOnly || each.is_review_overdue) &&
        words.every((word) => textOf(each).includes(word)),
    );
  }

  get isFiltered(): boolean {
    return this.query.trim() !== '' || this.kind !== '' || this.status !== '' || this.isOverdueOnly;
  }

  get overdue(): number {
    return (this.list.value ?? []).filter((each) => each.is_review_overdue).length;
  }

  clearFilter(): void {
    this.query = this.kind = this.status = '';
    this.isOverdueOnly = false;
  }

  /** Takes a file of the register in, all of it or nothing; undefined when it was refused. */
  async import(file: Pick<File, 'text'>): Promise<Imported | undefined> {
    let imported: Imported | undefined;
    await this.importing.run(async (key) => {
      this.#read = await documentIn(file);
      imported = await this.#gateway.importRegister(this.#read, key);
    });
    if (imported !== undefined) await this.list.refresh();
    return imported;
  }

  /** The number of the agreement a fault is in; empty when the fault is elsewhere. */
  numberAt(path: string): string {
    const index = /(?:^|\.)agreements[.[](\d+)/.exec(path)?.[1];
    const rows = (this.#read as { agreements?: { number?: unknown }[] } | undefined)?.agreements;
    const number = index === undefined ? undefined : rows?.[Number(index)]?.number;
    return typeof number === 'string' ? number : '';
  }
}

function textOf({ number, name, party, customer_name, owner_name }: AgreementBrief): string {
  return [number, name, party, customer_name, owner_name].join(' ').toLocaleLowerCase();
}

/** A file that is gone, or holds something else, is no register either. */
async function documentIn(file: Pick<File, 'text'>): Promise<unknown> {
  try {
    return JSON.parse(await file.text());
  } catch {
    throw new Problem({ code: 'not_a_register' }, 422);
  }
}
