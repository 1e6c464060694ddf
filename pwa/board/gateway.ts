// What the board asks of the server, as one protocol: HTTP in the page, a small twin in tests.
// The HTTP side is in http_gateway.ts.
import type { Change } from '../lib/api/index.ts';
import type { Days } from './views/look.ts';
import type { ActCalls } from './act/calls.ts';
import type {
  Asset,
  Board,
  BoardChanges,
  BoardSteps,
  Brief,
  Candidates,
  Case,
  Correction,
  Cascade,
  Intervention,
  InterventionCommand,
  Look,
  Looks,
  MoneyAtRisk,
  PauseBody,
  Plan,
  PlanComparison,
  PlanExplanation,
  PlanningCheck,
  PlanningPolicy,
  PolicyBody,
  Plans,
  Region,
  Related,
  Report,
  SeverityMatrix,
  Service,
  Scenario,
  ScenarioBody,
  Severity,
  Site,
  Told,
  Trail,
  Visit,
  VisitCommand,
  VisitCommandResult,
} from './wire.ts';

export interface Assign {
  readonly technician: string;
  /** The candidate card the dispatcher decided on; the server refuses when it no longer holds. */
  readonly basis: string;
  readonly tellNow: boolean;
  readonly lockTechnician: boolean;
  /** Visits that were not to be displaced when the card was asked for. */
  readonly staying: readonly string[];
}

export interface Command<Kind> {
  readonly kind: Kind;
  readonly version: number;
  readonly reason: string;
  /** How we know, where a pause stops a clock. */
  readonly evidence: string;
}

export interface NewSeverity {
  readonly severity: Severity;
  readonly reason: string;
}

export interface PlanWish {
  readonly region: string;
  readonly day: string;
  readonly seconds: number;
  readonly changeBudget: number | null;
  /** These alone; everything else stays as it is. */
  readonly only?: readonly string[];
}

export interface Since {
  readonly region: string;
  readonly day: string;
  readonly days: Days;
  readonly after: number;
}

/** Every call throws a `Problem` when the server says no, or says nothing. */
export interface BoardGateway extends ActCalls {
  regions(): Promise<Region[]>;
  /** What happened on a board since the event `after`. */
  boardChanges(since: Since): Promise<BoardChanges>;
  /** The day as it stands, or as it stood at an instant of the past. */
  board(region: string, day: string | null, days: Days, at: string | null): Promise<Board>;
  boardSteps(region: string, day: string): Promise<BoardSteps>;
  site(id: string): Promise<Site>;
  sites(region: string): Promise<Site[]>;
  searchAssets(query: string): Promise<Asset[]>;
  searchSites(query: string): Promise<Site[]>;
  assetsOf(site: string): Promise<Asset[]>;
  intervention(id: string): Promise<Intervention>;
  trails(id: string): Promise<Trail[]>;
  marks(id: string): Promise<Told[]>;
  /** All that happened to an intervention, in order. */
  story(id: string): Promise<Change[]>;
  changeSeverity(seen: Intervention, change: NewSeverity): Promise<Intervention>;
  correct(seen: Intervention, what: Correction): Promise<Intervention>;
  services(): Promise<Service[]>;
  recordPause(intervention: string, body: PauseBody, key: string): Promise<Intervention>;
  decidePause(pause: string, decision: 'approved' | 'refused'): Promise<Intervention>;
  /** What this page shows; the answer says who else looks. */
  look(shown: Look): Promise<Looks>;
  related(intervention: string): Promise<Related>;
  /** The first ends in favour of the other; `version` is the one of the first that was seen. */
  merge(intervention: string, into: string, version: number): Promise<Related>;
  separate(intervention: string, version: number): Promise<Related>;
  tie(intervention: string, other: string): Promise<Related>;
  untie(intervention: string, other: string): Promise<Related>;
  moneyAtRisk(region: string): Promise<MoneyAtRisk>;
  /** What follows if a visit takes so many minutes longer. */
  cascade(visit: string, minutes: number): Promise<Cascade>;
  report(call: Report, key: string): Promise<Intervention>;
  /** What two answers propose for a customer's calls. */
  severityMatrix(customer: string | undefined): Promise<SeverityMatrix>;
  /** Who could go; visits that are `staying` are displaced by nobody. */
  candidates(intervention: string, staying: readonly string[]): Promise<Candidates>;
  assign(intervention: string, choice: Assign, key: string): Promise<Visit>;
  commandIntervention(id: string, command: Command<InterventionCommand>): Promise<Intervention>;
  /** The customer's problem it belongs to, from the first contact on. */
  case(intervention: string): Promise<Case>;
  approveSpending(seen: Intervention, amountEur: string, reason: string): Promise<Intervention>;
  /** The same id is the same promise. */
  promiseGoodwill(seen: Intervention, given: { id: string; amount: string; reason: string }): Promise<Intervention>;
  withdrawGoodwill(seen: Intervention, goodwill: string, reason: string): Promise<Intervention>;
  commandVisit(id: string, command: Command<VisitCommand>): Promise<VisitCommandResult>;
  startPlan(wish: PlanWish): Promise<Plan>;
  plan(id: string): Promise<Plan>;
  /** The same for several regions, made one after another. */
  startPlans(regions: readonly string[], wish: PlanWish): Promise<Plans>;
  latestPlan(region: string, day: string): Promise<Plan | null>;
  planVersions(region: string, day: string): Promise<Plan[]>;
  comparePlans(first: string, second: string): Promise<PlanComparison>;
  explainPlanned(plan: string, intervention: string): Promise<PlanExplanation>;
  /** As it was made that morning, or as of now. */
  brief(region: string, day: string, isFresh: boolean): Promise<Brief>;
  suppose(body: ScenarioBody): Promise<Scenario>;
  scenarios(region: string, day: string): Promise<Scenario[]>;
  applyScenario(id: string): Promise<Plan>;
  dropScenario(id: string): Promise<Scenario>;
  planningPolicy(region: string): Promise<PlanningPolicy>;
  changePolicy(seen: PlanningPolicy, body: PolicyBody): Promise<PlanningPolicy>;
  planningCheck(region: string, day: string): Promise<PlanningCheck>;
  publishPlan(id: string): Promise<Plan>;
  publishPlanLines(id: string, interventions: readonly string[]): Promise<Plan>;
  cancelPlan(id: string): Promise<Plan>;
}
