// What was typed, kept in this tab until it is saved: nothing is lost on a refusal or a reload.
export interface Kept {
  read(name: string): unknown;
  write(name: string, value: unknown): void;
  forget(name: string): void;
}

export const keptInTab: Kept = {
  read(name) {
    try {
      return JSON.parse(sessionStorage.getItem(name) ?? 'null');
    } catch {
      return null;
    }
  },
  write(name, value) {
    try {
      sessionStorage.setItem(name, JSON.stringify(value));
    } catch {
      // A full or forbidden storage only means that a reload would lose it.
    }
  },
  forget(name) {
    try {
      sessionStorage.removeItem(name);
    } catch {
      // Nothing was kept then.
    }
  },
};
