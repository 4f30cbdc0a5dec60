import './zod-settings.ts';
import './ui/theme.ts';
import { StrictMode, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { assert } from '../src-shared/lib/assert.ts';
import { startRouter } from './router/router.ts';
import { keepFocus } from './ui/keyboard/keep-focus.ts';
import { startKeyboard } from './ui/keyboard/start-keyboard.ts';

/**
 * Puts a program on the page: look, language, keyboard, router. Call it once per page, and import this module first, so
 * that its settings stand before any schema is made.
 */
export function startRenderer(program: ReactNode): void {
  const root = document.getElementById('root');
  assert(root !== null, 'the page has a root element');
  startKeyboard(window);
  keepFocus(document);
  startRouter(window);
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale="vi-VN">{program}</I18nProvider>
    </StrictMode>,
  );
}
