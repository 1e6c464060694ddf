// What the page of severities asks of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';
import { every } from '../every.ts';

export type Matrix = Schemas['SeverityMatrixOut'];
export type Cells = Matrix['cells'];
export type Customer = Schemas['CustomerOut'];

export interface SeverityGateway {
  matrices(): Promise<Matrix[]>;
  /** What holds for a customer; with none, for everybody who has none of their own. */
  inForce(customer: string | undefined): Promise<Matrix>;
  create(customer: string | undefined, cells: Cells, key: string): Promise<Matrix>;
  change(matrix: Matrix, cells: Cells): Promise<Matrix>;
  remove(matrix: Matrix): Promise<unknown>;
  customers(): Promise<Customer[]>;
}

type Body = Schemas['SeverityMatrixChangeBody']['cells'];

export const httpGateway: SeverityGateway = {
  matrices: () => answerOf(api.GET('/api/severity_matrices')),
  inForce: (customer) =>
    answerOf(api.GET('/api/severity_matrix', { params: { query: customer ? { customer_id: customer } : {} } })),
  create: (customer, cells, key) =>
    answerOf(
      api.POST('/api/severity_matrices', {
        body: { customer_id: customer ?? null, cells: cells as Body },
        headers: { 'Idempotency-Key': key },
      }),
    ),
  change: ({ id, version }, cells) =>
    answerOf(
      api.PATCH('/api/severity_matrices/{matrix_id}', {
        params: { path: { matrix_id: id! } },
        headers: ifVersion(version),
        body: { cells: cells as Body },
      }),
    ),
  remove: ({ id, version }) =>
    answerOf(
      api.DELETE('/api/severity_matrices/{matrix_id}', {
        params: { path: { matrix_id: id! } },
        headers: ifVersion(version),
      }),
    ),
  customers: () => every((query) => answerOf(api.GET('/api/customers', { params: { query } }))),
};
