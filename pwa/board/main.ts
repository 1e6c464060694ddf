// Starts the dispatcher's board.
import { mount } from 'svelte';
import { catalogues } from '../generated/board.ts';
import { language } from '../lib/i18n/index.ts';
import { update } from '../lib/offline/registration.svelte.ts';
import '../lib/ui/base.css';
import { theme } from '../lib/ui/index.ts';
import { refuseInOwnWords } from '../lib/ui/own_words.ts';
import App from './App.svelte';

theme.start();
refuseInOwnWords();
await language.start(catalogues);
mount(App, { target: document.getElementById('app') as HTMLElement });
void update.register('/board/');
