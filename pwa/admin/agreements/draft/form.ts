// The terms as a form holds them, and back. Nothing of a document is lost on the way through.
import type {
  PenaltyRule,
  ServiceRow,
  Terms,
  TermsBody,
} from '../wire.ts';
import { type ItemForm, itemBody, itemForm } from '../../checklist/items.ts';
import { type Amount, amountOf, decimalOf, linesOf, numberOf, secondsOf, textOf } from './amounts.ts';
import { clauseOf, type LineForm, lineOf } from './lines.ts';

type Felt = Terms['objectives'][number]['measure'];
type Charge = NonNullable<Terms['pricing']>['prices'][number];
type Choice = NonNullable<Terms['choices']>;
type Who = Terms['responsibilities'][number]['who'];
type Step = Terms['escalation'][number];
type Unit = NonNullable<Terms['penalties']>['unit'];

export interface ServiceForm {
  key: string;
  service: string;
  isEverySite: boolean;
  sites: string[];
  exclusions: string;
  checklist: ItemForm[];
  availability: string;
  availabilityCalendar: string;
  everyMonths: string;
}

export interface StepForm {
  key: string;
  level: string;
  clock: Step['clock'];
  role: Step['role'];
  when: 'share' | 'after';
  percent: string;
  after: Amount;
}

export interface RuleForm {
  key: string;
  kind: PenaltyRule['kind'];
  percent: string;
  count: string;
  tiers: { key: string; below: string; percent: string }[];
}

export interface ObjectiveForm {
  key: string;
  measure: Felt;
  least: string;
}

export interface PriceForm {
  key: string;
  kind: Charge['kind'];
  amount: string;
  measure: Felt;
  least: string;
}

/** Parts of a day as lines such as `08:00–12:00`; no severity is no choice at all. */
export interface ChoicesForm {
  severities: Choice['severities'];
  days: string;
  parts: string;
  discount: string;
  currency: string;
}

export interface TermsForm {
  services: ServiceForm[];
  lines: LineForm[];
  onUpgrade: NonNullable<Terms['policies']['on_upgrade']> | '';
  reopen: Amount;
  escalation: StepForm[];
  hasPenalties: boolean;
  currency: string;
  fee: string;
  unit: Unit;
  rules: RuleForm[];
  cap: string;
  notice: string;
  effective: Terms['amendment']['effective'];
  approver: string;
  responsibilities: { key: string; task: string; who: Who }[];
  obligations: string;
  outcome: string;
  objectives: ObjectiveForm[];
  priceCurrency: string;
  prices: PriceForm[];
  choices: ChoicesForm;
}

const key = (): string => crypto.randomUUID();

export const newService = (service: string): ServiceForm => ({
  key: key(),
  service,
  isEverySite: true,
  sites: [],
  exclusions: '',
  checklist: [],
  availability: '',
  availabilityCalendar: '',
  everyMonths: '',
});

export const newStep = (level: number): StepForm => ({
  key: key(),
  level: String(level),
  clock: 'response',
  role: 'dispatcher',
  when: 'share',
  percent: '',
  after: { amount: '', unit: 'min' },
});

export const newTier = () => ({ key: key(), below: '', percent: '' });

export const newRule = (): RuleForm => ({
  key: key(),
  kind: 'per_breach',
  percent: '',
  count: '',
  tiers: [newTier()],
});

export const newDuty = (): TermsForm['responsibilities'][number] => ({
  key: key(),
  task: '',
  who: 'provider',
});

export const newObjective = (measure: Felt): ObjectiveForm => ({ key: key(), measure, least: '' });

export const newPrice = (kind: Charge['kind'] = 'flat'): PriceForm => ({
  key: key(),
  kind,
  amount: '',
  measure: 'csat_top2',
  least: '',
});

export function emptyTerms(): TermsForm {
  return {
    services: [],
    lines: [],
    onUpgrade: '',
    reopen: amountOf(null),
    escalation: [],
    hasPenalties: false,
    currency: 'EUR',
    fee: '',
    unit: 'agreement',
    rules: [],
    cap: '',
    notice: '30',
    effective: 'any_day',
    approver: '',
    responsibilities: [],
    obligations: '',
    outcome: '',
    objectives: [],
    priceCurrency: 'EUR',
    prices: [],
    choices: choicesForm(null),
  };
}

export function formOf(terms: Terms): TermsForm {
  const { penalties, policies, amendment } = terms;
  return {
    services: terms.services.map(serviceForm),
    lines: terms.clauses.map(lineOf),
    onUpgrade: policies.on_upgrade ?? '',
    reopen: amountOf(policies.reopen_seconds),
    escalation: terms.escalation.map(stepForm),
    hasPenalties: penalties !== null,
    currency: penalties?.currency ?? 'EUR',
    fee: penalties?.monthly_fee ?? '',
    unit: penalties?.unit ?? 'agreement',
    rules: (penalties?.rules ?? []).map(ruleForm),
    cap: penalties?.cap_percent ?? '',
    notice: String(amendment.notice_days),
    effective: amendment.effective,
    approver: amendment.approver,
    responsibilities: terms.responsibilities.map(({ task, who }) => ({ key: key(), task, who })),
    obligations: terms.obligations.join('\n'),
    outcome: terms.desired_outcome,
    objectives: terms.objectives.map(({ measure, at_least }) => ({ key: key(), measure, least: at_least })),
    priceCurrency: terms.pricing?.currency ?? 'EUR',
    prices: (terms.pricing?.prices ?? []).map(priceForm),
    choices: choicesForm(terms.choices ?? null),
  };
}

export function termsOf(form: TermsForm): TermsBody {
  return {
    services: form.services.map(serviceBody),
    clauses: form.lines.map(clauseOf),
    policies: { on_upgrade: form.onUpgrade || null, reopen_seconds: secondsOf(form.reopen) },
    escalation: form.escalation.map(stepBody),
    penalties: form.hasPenalties ? penaltiesBody(form) : null,
    amendment: {
      notice_days: numberOf(form.notice) ?? 0,
      effective: form.effective,
      approver: form.approver,
    },
    responsibilities: form.responsibilities.map(({ task, who }) => ({ task, who })),
    obligations: linesOf(form.obligations),
    desired_outcome: form.outcome.trim(),
    objectives: form.objectives.map(({ measure, least }) => ({ measure, at_least: decimalOf(least) as string })),
    ...(form.prices.length > 0 && { pricing: pricingBody(form) }),
    choices: choicesBody(form.choices),
  };
}

function choicesForm(choices: Choice | null): ChoicesForm {
  return {
    severities: [...(choices?.severities ?? [])],
    days: String(choices?.most_days ?? 2),
    parts: (choices?.parts ?? [[480, 720], [780, 1020]]).map(partWords).join('\n'),
    discount: choices?.later_discount ?? '',
    currency: choices?.currency ?? 'EUR',
  };
}

function choicesBody({ severities, days, parts, discount, currency }: ChoicesForm): TermsBody['choices'] {
  if (severities.length === 0) return null;
  const later_discount = (decimalOf(discount) ?? null) as string | null;
  return { severities, most_days: numberOf(days) ?? 0, parts: linesOf(parts).map(partOf), later_discount, currency };
}

/** `08:00–12:00` for 480 and 720. */
export function partWords(part: readonly number[]): string {
  return part.map((minutes) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`).join('–');
}

/** What cannot be read becomes a part without length, which the server refuses by its place. */
function partOf(line: string): number[] {
  const [, ...numbers] = /^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$/.exec(line) ?? [];
  if (numbers.length === 0) return [0, 0];
  const [fromHour, fromMinute, toHour, toMinute] = numbers.map(Number) as [number, number, number, number];
  return [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
}

const two = (value: number): string => String(value).padStart(2, '0');

function serviceForm(row: ServiceRow): ServiceForm {
  return {
    key: key(),
    service: row.service,
    isEverySite: row.site_ids === null,
    sites: [...(row.site_ids ?? [])],
    exclusions: row.exclusions.join('\n'),
    checklist: row.checklist.map(itemForm),
    availability: row.availability_percent ?? '',
    availabilityCalendar: row.availability_calendar_id ?? '',
    everyMonths: textOf(row.every_months ?? null),
  };
}

function serviceBody(row: ServiceForm): NonNullable<TermsBody['services']>[number] {
  return {
    service: row.service,
    site_ids: row.isEverySite ? null : [...row.sites],
    exclusions: linesOf(row.exclusions),
    checklist: row.checklist.map(itemBody),
    availability_percent: decimalOf(row.availability),
    availability_calendar_id: row.availabilityCalendar || null,
    ...(row.everyMonths.trim() !== '' && { every_months: numberOf(row.everyMonths) }),
  };
}

function stepForm(step: Step): StepForm {
  return {
    key: key(),
    level: String(step.level),
    clock: step.clock,
    role: step.role,
    when: step.percent === null ? 'after' : 'share',
    percent: textOf(step.percent),
    after: amountOf(step.after_due_seconds),
  };
}

function stepBody(step: StepForm): NonNullable<TermsBody['escalation']>[number] {
  return {
    level: numberOf(step.level) as number,
    clock: step.clock,
    role: step.role,
    percent: step.when === 'share' ? numberOf(step.percent) : null,
    after_due_seconds: step.when === 'after' ? secondsOf(step.after) : null,
  };
}

function ruleForm(rule: PenaltyRule): RuleForm {
  const tiers = (rule.tiers ?? []).map((tier) => ({ key: key(), ...tier }));
  return {
    key: key(),
    kind: rule.kind,
    percent: rule.percent ?? '',
    count: textOf(rule.count),
    tiers: tiers.length > 0 ? tiers : [newTier()],
  };
}

function penaltiesBody(form: TermsForm): NonNullable<TermsBody['penalties']> {
  return {
    currency: form.currency.trim().toUpperCase(),
    monthly_fee: decimalOf(form.fee) as string,
    unit: form.unit,
    rules: form.rules.map((rule) => ({
      kind: rule.kind,
      percent: rule.kind === 'tier' ? null : decimalOf(rule.percent),
      count: rule.kind === 'chronic' ? numberOf(rule.count) : null,
      tiers: rule.kind === 'tier' ? rule.tiers.map(tierBody) : null,
    })),
    cap_percent: decimalOf(form.cap),
  };
}

function priceForm({ kind, amount, measure, at_least }: Charge): PriceForm {
  return { key: key(), kind, amount, measure: measure ?? 'csat_top2', least: at_least ?? '' };
}

function pricingBody(form: TermsForm): NonNullable<TermsBody['pricing']> {
  return {
    currency: form.priceCurrency.trim().toUpperCase(),
    prices: form.prices.map(({ kind, amount, measure, least }) => ({
      kind,
      amount: decimalOf(amount) as string,
      ...(kind === 'outcome_bonus' && { measure, at_least: decimalOf(least) }),
    })),
  };
}

function tierBody({ below, percent }: { below: string; percent: string }) {
  return { below: decimalOf(below) as string, percent: decimalOf(percent) as string };
}
