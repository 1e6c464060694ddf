// What statements, margins and rates ask of the server: one line per route.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Statement = Schemas['StatementOut'];
export type Statements = Schemas['StatementsOut'];
export type Margin = Schemas['MarginOut'];
export type Rates = Schemas['CostRatesOut'];
export type RatesBody = Schemas['CostRatesBody'];
export type Part = Schemas['PartOut'];

/** Every call throws a `Problem` when the server says no, or says nothing. */
export const billing = {
  statements: (month: string): Promise<Statements> =>
    answerOf(api.GET('/api/statements', { params: { query: { month } } })),
  issue: (customer_id: string, month: string, key: string): Promise<Statement> =>
    answerOf(api.POST('/api/statements', { headers: { 'Idempotency-Key': key }, body: { customer_id, month } })),
  margins: async (month: string): Promise<Margin[]> =>
    (await answerOf(api.GET('/api/margins', { params: { query: { month } } }))).items,
  rates: (): Promise<Rates> => answerOf(api.GET('/api/cost-rates')),
  setRates: (body: RatesBody, key: string): Promise<Rates> =>
    answerOf(api.POST('/api/cost-rates', { headers: { 'Idempotency-Key': key }, body })),
  parts: (): Promise<Part[]> => every((page) => answerOf(api.GET('/api/parts', { params: { query: page } }))),
};
