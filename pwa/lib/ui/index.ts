// What pages are drawn with. A page imports base.css once, in its main.ts.

export { default as AccountMenu } from './AccountMenu.svelte';
export { default as Button } from './Button.svelte';
export { default as Chip, type Tone } from './Chip.svelte';
export { default as CloseButton } from './CloseButton.svelte';
export { default as DemoClock } from './DemoClock.svelte';
export { default as Dialog } from './Dialog.svelte';
export { type Face, default as Faces } from './Faces.svelte';
export { type ControlAttributes, default as Field } from './Field.svelte';
export { default as LanguagePicker } from './LanguagePicker.svelte';
export { default as Mark } from './Mark.svelte';
export { faceOf, fieldText, problemText } from './problems.ts';
export { promiseAt, type PromiseClock, type PromiseStanding, type PromiseView } from './promise.ts';
export { default as PromiseChip } from './PromiseChip.svelte';
export { default as Select } from './Select.svelte';
export { type Severity, severityShapes } from './severity.ts';
export { default as SeverityMark } from './SeverityMark.svelte';
export { default as Shape, type ShapeName } from './Shape.svelte';
export { default as Sheet } from './Sheet.svelte';
export { default as SignIn } from './SignIn.svelte';
export { default as SyncChip } from './SyncChip.svelte';
export { default as TextField } from './TextField.svelte';
export { theme, type ThemeName, themes } from './theme.svelte.ts';
export { default as ThemeSwitch } from './ThemeSwitch.svelte';
export { default as Toast } from './Toast.svelte';
export { toasts } from './toasts.svelte.ts';
export { default as TopBar } from './TopBar.svelte';
export { default as UpdateNotice } from './UpdateNotice.svelte';
