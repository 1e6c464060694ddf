// What this browser can do to reach its person, and what they allowed it.

import { type Platform, platformOf } from './platform.ts';

export type Permission = NotificationPermission | 'absent';

export interface PhoneBrowser {
  readonly platform: Platform;
  isInstalled(): boolean;
  isPersisted(): Promise<boolean>;
  persist(): Promise<boolean>;
  permission(): Permission;
  /** Asks the person; only ever after a tap. */
  ask(): Promise<NotificationPermission>;
  pushes(): Promise<PushManager | undefined>;
}

export const thisBrowser: PhoneBrowser = {
  platform: platformOf(globalThis.navigator?.userAgent ?? '', globalThis.navigator?.maxTouchPoints ?? 0),
  isInstalled: () =>
    matchMedia('(display-mode: standalone)').matches ||
    (navigator as { standalone?: boolean }).standalone === true,
  isPersisted: async () => (await navigator.storage?.persisted?.()) ?? false,
  persist: async () => (await navigator.storage?.persist?.()) ?? false,
  permission: () =>
    'Notification' in globalThis && 'PushManager' in globalThis ? Notification.permission : 'absent',
  ask: () => Notification.requestPermission(),
  // Not `ready`: without a worker that would be waited for for ever.
  pushes: async () => (await navigator.serviceWorker?.getRegistration())?.pushManager,
};
