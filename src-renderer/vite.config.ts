import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { reactAriaVietnamese } from './ui/react-aria-vi-plugin.ts';

const root = import.meta.dirname;
const vietnamese = () => reactAriaVietnamese(fileURLToPath(new URL('ui/react-aria-vi.ts', import.meta.url)));

/**
 * `vite build` makes the desk's screens, `--mode console` the page of the upper tier, which only the server serves. `--mode gallery`
 * makes the page that shows every control, for tests and for people who build screens; it is never part of the product.
 */
const PAGES: Readonly<Record<string, { readonly input: string; readonly outDir: string }>> = {
  console: { input: 'console.html', outDir: '../out/console' },
  gallery: { input: 'gallery.html', outDir: '../out/gallery' },
};
const DESK = { input: 'desk.html', outDir: '../out/renderer' };

export default defineConfig(({ mode }) => {
  const { input, outDir } = PAGES[mode] ?? DESK;
  return {
    root,
    plugins: [react(), vietnamese()],
    optimizeDeps: { rolldownOptions: { plugins: [vietnamese()] } },
    build: {
      chunkSizeWarningLimit: 1_500,
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // Fonts and pictures stay files, and nothing is put into the page itself: the content security policy allows neither.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input },
    },
    server: { port: 4861, proxy: { '/api': 'http://127.0.0.1:4860' } },
  };
});
