// The board's protocol spoken over HTTP. One line per route; nothing is decided here.
import { answerOf, api, clock, ifVersion, type Schemas } from '../lib/api/index.ts';
import { actCalls } from './act/calls.ts';
import type { BoardGateway, Command } from './gateway.ts';
import type { VisitCommandResult } from './wire.ts';

/** Enough for a list to choose from; the search narrows, nobody scrolls further. */
const SEARCH_LIMIT = 8;
const PAGE_LIMIT = 200;
const CANDIDATES = 9;
const VERSIONS = 20;

export const httpGateway: BoardGateway = {
  ...actCalls,

  regions: async () => (await answerOf(api.GET('/api/regions', page()))).items,

  boardChanges: ({ region: region_id, ...since }) =>
    answerOf(api.GET('/api/board/changes', { params: { query: { region_id, ...since } } })),

  board: (region_id, day, days, at) =>
    answerOf(api.GET('/api/board', { params: { query: withoutNull({ region_id, day, days, at }) } })),

  boardSteps: (region_id, day) =>
    answerOf(api.GET('/api/board/steps', { params: { query: { region_id, day } } })),

  site: (site_id) => answerOf(api.GET('/api/sites/{site_id}', at({ site_id }))),

  sites: (region) => everySite(region),
  severityMatrix: (customer) => answerOf(api.GET('/api/severity_matrix', { params: { query: { customer_id: customer ?? null } } })),

  searchAssets: async (q) =>
    (await answerOf(api.GET('/api/assets', page({ q, limit: SEARCH_LIMIT })))).items,

  searchSites: async (q) =>
    (await answerOf(api.GET('/api/sites', page({ q, limit: SEARCH_LIMIT })))).items,

  assetsOf: async (site_id) => (await answerOf(api.GET('/api/assets', page({ site_id })))).items,

  intervention: (id) =>
    answerOf(api.GET('/api/interventions/{intervention_id}', at({ intervention_id: id }))),

  trails: async (id) =>
    (await answerOf(api.GET('/api/interventions/{intervention_id}/trail', at({ intervention_id: id }))))
      .trails,

  marks: (id) =>
    answerOf(api.GET('/api/interventions/{intervention_id}/marks', at({ intervention_id: id }))),

  story: async (intervention_id) => (await answerOf(api.GET('/api/events', page({ intervention_id })))).items,

  changeSeverity: ({ id, version }, { severity, reason }) =>
    answerOf(
      api.PATCH('/api/interventions/{intervention_id}', {
        ...at({ intervention_id: id }),
        headers: ifVersion(version),
        body: { severity, severity_reason: reason },
      }),
    ),

  correct: ({ id, version }, body) =>
    answerOf(
      api.PATCH('/api/interventions/{intervention_id}', {
        ...at({ intervention_id: id }),
        headers: ifVersion(version),
        body,
      }),
    ),

  services: async () => (await answerOf(api.GET('/api/services', page()))).items,

  recordPause: (intervention_id, body, key) =>
    answerOf(
      api.POST('/api/interventions/{intervention_id}/pauses', {
        ...at({ intervention_id }),
        headers: { 'Idempotency-Key': key },
        body,
      }),
    ),

  decidePause: (pause_id, decision) =>
    answerOf(
      api.POST('/api/pauses/{pause_id}/decision', { ...at({ pause_id }), body: { decision } }),
    ),

  // Kept alive, so that the last word of a page that closes still gets away.
  look: (body) => answerOf(api.PUT('/api/board-looks', { body, keepalive: true })),

  related: (intervention_id) =>
    answerOf(api.GET('/api/interventions/{intervention_id}/related', at({ intervention_id }))),

  case: (intervention_id) =>
    answerOf(api.GET('/api/interventions/{intervention_id}/case', at({ intervention_id }))),

  merge: (intervention_id, into_id, base_version) =>
    answerOf(
      api.POST('/api/interventions/{intervention_id}/merge', {
        ...at({ intervention_id }),
        body: { into_id, base_version },
      }),
    ),

  separate: (intervention_id, base_version) =>
    answerOf(
      api.POST('/api/interventions/{intervention_id}/separate', {
        ...at({ intervention_id }),
        body: { base_version },
      }),
    ),

  tie: (intervention_id, other_id) =>
    answerOf(
      api.POST('/api/interventions/{intervention_id}/ties', {
        ...at({ intervention_id }),
        body: { other_id },
      }),
    ),

  untie: (intervention_id, other_id) =>
    answerOf(
      api.POST('/api/interventions/{intervention_id}/ties/undo', {
        ...at({ intervention_id }),
        body: { other_id },
      }),
    ),

  moneyAtRisk: (region_id) =>
    answerOf(api.GET('/api/money-at-risk', { params: { query: { region_id } } })),

  cascade: (visit_id, overrun_minutes) =>
    answerOf(
      api.GET('/api/visits/{visit_id}/cascade', {
        params: { path: { visit_id }, query: { overrun_minutes } },
      }),
    ),

  report: (body, key) =>
    answerOf(api.POST('/api/interventions', { body, headers: { 'Idempotency-Key': key } })),

  candidates: (intervention_id, staying) =>
    answerOf(
      api.GET('/api/interventions/{intervention_id}/candidates', {
        params: {
          path: { intervention_id },
          query: { top: CANDIDATES, ...(staying.length > 0 && { staying: [...staying] }) },
        },
      }),
    ),

  assign: (intervention_id, choice, key) =>
    answerOf(
      api.POST('/api/interventions/{intervention_id}/visits', {
        ...at({ intervention_id }),
        headers: { 'Idempotency-Key': key },
        body: {
          technician_id: choice.technician,
          basis: choice.basis,
          dispatch: choice.tellNow,
          lock_technician: choice.lockTechnician,
          staying: [...choice.staying],
        },
      }),
    ),

  commandIntervention: (intervention_id, given) =>
    answerOf(
      api.POST('/api/interventions/{intervention_id}/commands', {
        ...at({ intervention_id }),
        body: command(given),
      }),
    ),

  approveSpending: ({ id, version }, amount_eur, reason) => {
    const given = command({ kind: 'approve_spending', version, reason, evidence: '' } as const);
    return answerOf(
      api.POST('/api/interventions/{intervention_id}/commands', {
        ...at({ intervention_id: id }),
        body: { ...given, payload: { ...given.payload, amount_eur } },
      }),
    );
  },

  promiseGoodwill: ({ id, version }, { id: command_id, amount, reason }) => {
    const given = command({ kind: 'promise_goodwill', version, reason, evidence: '' } as const);
    return answerOf(
      api.POST('/api/interventions/{intervention_id}/commands', {
        ...at({ intervention_id: id }),
        body: { ...given, id: command_id, payload: { ...given.payload, amount_eur: amount } },
      }),
    );
  },

  withdrawGoodwill: ({ id, version }, goodwill_id, reason) => {
    const given = command({ kind: 'withdraw_goodwill', version, reason, evidence: '' } as const);
    return answerOf(
      api.POST('/api/interventions/{intervention_id}/commands', {
        ...at({ intervention_id: id }),
        body: { ...given, payload: { ...given.payload, goodwill_id } },
      }),
    );
  },

  commandVisit: async (visit_id, given) => {
    const answer = await answerOf(
      api.POST('/api/visits/{visit_id}/commands', { ...at({ visit_id }), body: command(given) }),
    );
    return answer.results[0] as VisitCommandResult;
  },

  startPlan: (wish) =>
    answerOf(
      api.POST('/api/plans', {
        body: {
          region_id: wish.region,
          day: wish.day,
          seconds: wish.seconds,
          change_budget: wish.changeBudget,
          intervention_ids: wish.only ? [...wish.only] : null,
        },
      }),
    ),

  plan: (plan_id) => answerOf(api.GET('/api/plans/{plan_id}', at({ plan_id }))),

  startPlans: (regions, wish) =>
    answerOf(
      api.POST('/api/plans/several', {
        body: {
          region_ids: [...regions],
          day: wish.day,
          seconds: wish.seconds,
          change_budget: wish.changeBudget,
        },
      }),
    ),

  latestPlan: async (region_id, day) =>
    (await answerOf(api.GET('/api/plans', page({ region_id, day, limit: 1 })))).items[0] ?? null,

  planVersions: async (region_id, day) =>
    (await answerOf(api.GET('/api/plans', page({ region_id, day, limit: VERSIONS })))).items,

  comparePlans: (plan_id, other_id) =>
    answerOf(
      api.GET('/api/plans/{plan_id}/comparison', {
        params: { path: { plan_id }, query: { other_id } },
      }),
    ),

  explainPlanned: (plan_id, intervention_id) =>
    answerOf(
      api.GET(
        '/api/plans/{plan_id}/interventions/{intervention_id}/explanation',
        at({ plan_id, intervention_id }),
      ),
    ),

  brief: (region_id, day, fresh) =>
    answerOf(
      api.GET('/api/regions/{region_id}/brief', { params: { path: { region_id }, query: { day, fresh } } }),
    ),

  suppose: (body) => answerOf(api.POST('/api/scenarios', { body })),

  scenarios: (region_id, day) =>
    answerOf(api.GET('/api/scenarios', { params: { query: { region_id, day } } })),

  applyScenario: (scenario_id) =>
    answerOf(api.POST('/api/scenarios/{scenario_id}/apply', at({ scenario_id }))),

  dropScenario: (scenario_id) =>
    answerOf(api.POST('/api/scenarios/{scenario_id}/drop', at({ scenario_id }))),

  planningPolicy: (region_id) =>
    answerOf(api.GET('/api/regions/{region_id}/planning-policy', at({ region_id }))),

  changePolicy: ({ region_id, version }, body) =>
    answerOf(
      api.PATCH('/api/regions/{region_id}/planning-policy', {
        ...at({ region_id }),
        headers: ifVersion(version),
        body,
      }),
    ),

  planningCheck: (region_id, day) =>
    answerOf(
      api.GET('/api/regions/{region_id}/planning-check', {
        params: { path: { region_id }, query: { day } },
      }),
    ),

  publishPlan: (plan_id) => answerOf(api.POST('/api/plans/{plan_id}/publish', at({ plan_id }))),

  publishPlanLines: (plan_id, lines) =>
    answerOf(
      api.POST('/api/plans/{plan_id}/publish-lines', {
        ...at({ plan_id }),
        body: { intervention_ids: [...lines] },
      }),
    ),

  cancelPlan: (plan_id) => answerOf(api.POST('/api/plans/{plan_id}/cancel', at({ plan_id }))),
};

async function everySite(region_id: string): Promise<Schemas['SiteOut'][]> {
  const sites: Schemas['SiteOut'][] = [];
  let cursor: string | null | undefined;
  do {
    const query = withoutNull({ region_id, limit: PAGE_LIMIT, cursor });
    const answer = await answerOf(api.GET('/api/sites', { params: { query } }));
    sites.push(...answer.items);
    cursor = answer.next_cursor;
  } while (cursor);
  return sites;
}

function page<Query extends object>(query?: Query) {
  return { params: { query: { limit: PAGE_LIMIT, ...query } } };
}

function at<Path>(path: Path) {
  return { params: { path } };
}

/** Each call is a command of its own; pressing the button again is another one. */
function command<Kind>({ kind, version, reason, evidence }: Command<Kind>) {
  return {
    id: crypto.randomUUID(),
    kind,
    at: clock.now().toISOString(),
    base_version: version,
    payload: { ...(reason && { reason }), ...(evidence && { evidence }) },
  };
}

type WithoutNull<T> = { [Key in keyof T]: Exclude<T[Key], null> };

/** Query parts that are null are left out rather than sent as the word "null". */
function withoutNull<T extends object>(query: T): WithoutNull<T> {
  const present = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(present) as WithoutNull<T>;
}
