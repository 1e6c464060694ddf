// In which order customers' needs are seen to, as a choice writes it and as the server counts it.
import type { Improvement } from './gateway.ts';

export type Priority = `${Improvement['priority']}`;
export const priorities: readonly Priority[] = ['1', '2', '3'];

export function numberOf(priority: Priority): Improvement['priority'] {
  return Number(priority) as Improvement['priority'];
}
