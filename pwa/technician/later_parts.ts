// The parts of the page that come after the day's first picture; asked for through later.ts.

export { default as SickForm } from './duty/SickForm.svelte';
export { default as LeaveForm } from './leave/LeaveForm.svelte';
export { default as LeftPart } from './LeftPart.svelte';
export { default as LocationNotice } from './location/Notice.svelte';
export { default as PulsePart } from './pulse/PulsePart.svelte';
export { default as Questions } from './Questions.svelte';
export { default as ReachButton } from './reach/ReachButton.svelte';
export { default as ReachNotice } from './reach/ReachNotice.svelte';
export { default as ReachSheet } from './reach/ReachSheet.svelte';
export { default as Rescue } from './Rescue.svelte';
export { default as SignOutSheet } from './SignOutSheet.svelte';
export { default as SyncSheet } from './SyncSheet.svelte';
export { default as VisitPage } from './VisitPage.svelte';
