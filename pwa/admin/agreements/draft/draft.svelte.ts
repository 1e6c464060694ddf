// Writing an agreement, or a version of one: what was typed, what it lacks, saving it once.
import { Deed } from '../../../lib/api/deed.svelte.ts';
import { addDays, dayIn } from '../../written.ts';
import { faultAt, requireSaid } from '../../faults.ts';
import type { AgreementsGateway } from '../gateway.ts';
import type { Agreement, AgreementBody, AgreementKind, Version, VersionBody } from '../wire.ts';
import { numberOf } from './amounts.ts';
import { emptyTerms, formOf, newService, type TermsForm, termsOf } from './form.ts';
import type { Kept } from './kept.ts';
import { newLine } from './lines.ts';

/** What is being written: a new agreement, the next version of one, or a draft that is there. */
export type About =
  | { readonly kind: 'new' }
  | { readonly kind: 'amend'; readonly agreement: Agreement; readonly from: Version }
  | { readonly kind: 'edit'; readonly agreement: Agreement; readonly version: Version };

export interface DraftForm {
  number: string;
  name: string;
  agreementKind: AgreementKind;
  customer: string;
  party: string;
  owner: string;
  reviewEvery: string;
  nextReview: string;
  validFrom: string;
  validTo: string;
  zone: string;
  terms: TermsForm;
}

/** What a form begins with, so that little has to be typed. */
export interface Usual {
  readonly zone: string;
  readonly calendar: string;
  readonly service: string;
}

export class Draft {
  form: DraftForm = $state(blank());
  readonly deed = new Deed();
  readonly about: About;
  #isRestored = $state(false);
  #held: number;
  readonly #gateway: AgreementsGateway;
  readonly #kept: Kept;
  readonly #fresh: () => DraftForm;

  constructor(gateway: AgreementsGateway, about: About, kept: Kept, usual: Usual, now: Date) {
    this.#gateway = gateway;
    this.#kept = kept;
    this.about = about;
    this.#held = about.kind === 'edit' ? about.version.version : 0;
    this.#fresh = () => freshForm(about, usual, now);
    const before = kept.read(this.#name) as { held: number; form: DraftForm } | null;
    this.form = before?.form ?? this.#fresh();
    this.#isRestored = before !== null;
    if (before !== null) this.#held = before.held;
  }

  /** What was typed earlier in this tab is shown, not what the server has. */
  get isRestored(): boolean {
    return this.#isRestored;
  }

  get isCustomer(): boolean {
    return this.form.agreementKind === 'customer';
  }

  /** Somebody else saved this draft meanwhile. */
  get isStale(): boolean {
    return this.deed.problem?.status === 412;
  }

  /** What is wrong with a field, in words. `deep` also takes what it is made of. */
  fault(path: string, options?: { deep?: boolean }): string | undefined {
    return faultAt(this.deed.problem, path, options);
  }

  keep(): void {
    this.#kept.write(this.#name, { held: this.#held, form: $state.snapshot(this.form) });
  }

  /** Throws away what was typed. */
  startOver(): void {
    this.#kept.forget(this.#name);
    this.form = this.#fresh();
    this.#isRestored = false;
    this.deed.forget();
  }

  /** The id of the agreement it is in; undefined when it was not saved. */
  async save(): Promise<string | undefined> {
    let saved: string | undefined;
    const isDone = await this.deed.run(async (key) => {
      saved = await this.#send(key);
    });
    if (!isDone) return undefined;
    this.#kept.forget(this.#name);
    return saved;
  }

  /** Saves over what somebody else saved: what was typed here stands. */
  async saveAnyway(): Promise<string | undefined> {
    const { about } = this;
    if (about.kind !== 'edit') return this.save();
    const read = await this.deed.run(async () => {
      const newest = await this.#gateway.agreement(about.agreement.id);
      const version = newest.versions.find((each) => each.id === about.version.id);
      if (version !== undefined) this.#held = version.version;
    });
    return read ? this.save() : undefined;
  }

  async #send(key: string): Promise<string> {
    const { about } = this;
    requireSaid(saidAtLeast(about, this.form));
    const version = this.#versionBody();
    if (about.kind === 'new') {
      return (await this.#gateway.create(this.#agreementBody(version), key)).id;
    }
    const { id } = about.agreement;
    if (about.kind === 'amend') await this.#gateway.addVersion(id, version, key);
    else await this.#gateway.changeVersion({ agreement: id, version: about.version.id }, this.#held, version);
    return id;
  }

  #versionBody(): VersionBody {
    const { validFrom, validTo, zone, terms } = this.form;
    return {
      valid_from: validFrom || null!,
      valid_to: validTo || null,
      zone: zone.trim(),
      terms: termsOf(terms),
    };
  }

  #agreementBody(first_version: VersionBody): AgreementBody {
    const { form } = this;
    return {
      number: form.number.trim(),
      customer_id: form.customer || null,
      kind: form.agreementKind,
      party: form.party.trim(),
      name: form.name.trim(),
      owner_name: form.owner.trim(),
      review_every_months: numberOf(form.reviewEvery),
      next_review_on: form.nextReview || null,
      first_version,
    };
  }

  get #name(): string {
    const { about } = this;
    if (about.kind === 'new') return 'palier.draft.new';
    const what = about.kind === 'amend' ? 'amend' : about.version.id;
    return `palier.draft.${about.agreement.id}.${what}`;
  }
}

/** What a draft cannot go without, by path. */
function saidAtLeast(about: About, form: DraftForm): Record<string, string> {
  const { validFrom, zone, number, name, terms } = form;
  const tasks = terms.responsibilities.map(
    (each, index) => [`terms.responsibilities.${index}.task`, each.task] as const,
  );
  const items = terms.services.flatMap((row, at) =>
    row.checklist.map(
      (each, index) => [`terms.services.${at}.checklist.${index}.label`, each.label] as const,
    ),
  );
  return {
    ...(about.kind === 'new' ? { number, name } : {}),
    valid_from: validFrom,
    zone,
    ...Object.fromEntries([...tasks, ...items]),
    ...(terms.hasPenalties ? { 'terms.penalties.monthly_fee': terms.fee } : {}),
  };
}

/** The first day an amendment may hold under what is agreed, if it were written today. */
export function earliestDay(from: Version, now: Date): string {
  const { notice_days, effective } = from.terms.amendment;
  const day = addDays(dayIn(now, from.zone), notice_days);
  if (effective === 'any_day' || day.endsWith('-01')) return day;
  const [year, month] = day.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

function freshForm(about: About, usual: Usual, now: Date): DraftForm {
  if (about.kind === 'new') return newForm(usual, now);
  const from = about.kind === 'amend' ? about.from : about.version;
  return {
    ...blank(),
    number: about.agreement.number,
    name: about.agreement.name,
    agreementKind: about.agreement.kind,
    customer: about.agreement.customer_id ?? '',
    validFrom: about.kind === 'amend' ? earliestDay(from, now) : from.valid_from,
    validTo: (about.kind === 'amend' ? null : from.valid_to) ?? '',
    zone: from.zone,
    terms: formOf(from.terms),
  };
}

function newForm({ zone, calendar, service }: Usual, now: Date): DraftForm {
  const terms = emptyTerms();
  terms.services = service === '' ? [] : [newService(service)];
  terms.lines = [newLine(service, calendar)];
  return { ...blank(), zone, validFrom: dayIn(now, zone), terms };
}

function blank(): DraftForm {
  return {
    number: '',
    name: '',
    agreementKind: 'customer',
    customer: '',
    party: '',
    owner: '',
    reviewEvery: '12',
    nextReview: '',
    validFrom: '',
    validTo: '',
    zone: 'UTC',
    terms: emptyTerms(),
  };
}
