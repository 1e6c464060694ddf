// Starts the building manager's page.

import { mount } from 'svelte';
import '../lib/ui/base.css';
import { catalogues } from '../generated/portal.ts';
import { language } from '../lib/i18n/index.ts';
import { update } from '../lib/offline/registration.svelte.ts';
import { theme } from '../lib/ui/index.ts';
import { refuseInOwnWords } from '../lib/ui/own_words.ts';
import App from './App.svelte';

theme.start();
refuseInOwnWords();
await language.start(catalogues);
mount(App, { target: document.getElementById('app')! });
// Whoever only has a link keeps nothing of the portal.
if (!location.hash.startsWith('#/feedback/')) void update.register('/portal/');
