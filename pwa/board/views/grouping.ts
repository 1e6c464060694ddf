// Technicians in groups: by the region they belong to, or by what they can do best.
import type { Group } from '../timeline/layout.ts';
import type { Technician } from '../wire.ts';
import type { Grouping } from './look.ts';

/** In the order of the first of each; those who can do nothing in particular come last. */
export function grouped(
  technicians: readonly Technician[],
  grouping: Grouping,
  skillName: (code: string) => string,
): Group[] {
  if (grouping === 'none') return [{ key: '', name: '', technicians }];
  const found = new Map<string, { name: string; technicians: Technician[] }>();
  for (const one of technicians) {
    const [key, name] = grouping === 'region' ? [one.region_id, one.region_name] : bestSkill(one, skillName);
    const group = found.get(key) ?? { name, technicians: [] };
    group.technicians.push(one);
    found.set(key, group);
  }
  const groups = [...found].map(([key, group]) => ({ key, ...group }));
  return grouping === 'region' ? groups : groups.sort((one, other) => one.name.localeCompare(other.name));
}

/** The skill of the highest level; of several, the first by its code. */
function bestSkill({ skills }: Technician, skillName: (code: string) => string): [string, string] {
  const [best] = Object.entries(skills).sort(
    ([one, level], [other, otherLevel]) => otherLevel - level || one.localeCompare(other),
  );
  return best === undefined ? ['-', skillName('-')] : [best[0], skillName(best[0])];
}
