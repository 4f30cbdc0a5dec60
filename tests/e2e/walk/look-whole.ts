import type { Page } from '@playwright/test';

/**
 * What is cut, sticks out or cannot be come to in the window as it is now: words beyond the window's edge, boxes that hide the end of
 * their words without a sign, content below the fold that nothing scrolls to, a main action out of sight, a page that was scrolled.
 */
export function lookWhole(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const said = (element: Element) => `${element.tagName.toLowerCase()}.${element.className.toString().replaceAll(' ', '.')} “${(element.textContent ?? '').trim().slice(0, 50)}”`;
    const scrollsAlong = (style: CSSStyleDeclaration, axis: 'X' | 'Y') => /auto|scroll/.test(axis === 'X' ? style.overflowX : style.overflowY);
    const isScrolledBy = (element: Element, axis: 'X' | 'Y') => {
      for (let box = element.parentElement; box !== null; box = box.parentElement) if (scrollsAlong(getComputedStyle(box), axis)) return true;
      return false;
    };
    // The bar of keys shows as many as there is room for; a paper is drawn in its own size and made smaller.
    const isHiddenByDesign = (element: HTMLElement) => element.closest('.visually-hidden, [aria-hidden=true], [hidden], .watermark, .key-bar ul, .paper-frame') !== null;
    for (const part of [document.scrollingElement, document.body, document.getElementById('root')]) {
      if ((part?.scrollTop ?? 0) !== 0 || (part?.scrollLeft ?? 0) !== 0) faults.push('the page was scrolled');
    }
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the page is wider than the window');
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || isHiddenByDesign(element)) continue;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      // Of a control that is drawn by what surrounds it, only a point is there.
      if (box.width <= 1 || box.height <= 1 || style.clipPath !== 'none') continue;
      const hasWords = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '') || element.matches('button, input, textarea');
      if (hasWords && (box.right > innerWidth + 1 || box.left < -1) && !isScrolledBy(element, 'X')) faults.push(`outside: ${said(element)}`);
      if (hasWords && box.bottom > innerHeight + 1 && !isScrolledBy(element, 'Y')) faults.push(`below the window: ${said(element)}`);
      if (element.matches('button') && element.scrollHeight > element.clientHeight + 3) faults.push(`spills out: ${said(element)}`);
      if (style.display === 'inline' || element.matches('input, textarea, svg, svg *')) continue;
      const isCutSideways = element.scrollWidth > element.clientWidth + 2 && (/hidden|clip/.test(style.overflowX) ? style.textOverflow !== 'ellipsis' : scrollsAlong(style, 'X') || element.matches('button, h1, h2, label, th, td, .hint, .pick, .segments'));
      if (isCutSideways) faults.push(`cut at the side: ${said(element)} (${element.scrollWidth} in ${element.clientWidth})`);
      if (element.scrollHeight > element.clientHeight + 3 && /hidden|clip/.test(style.overflowY) && style.getPropertyValue('-webkit-line-clamp') === 'none') faults.push(`cut below: ${said(element)}`);
    }
    const top = document.querySelector('[role=dialog]') ?? document;
    for (const action of top.querySelectorAll<HTMLElement>('[data-main-action]')) {
      const box = action.getBoundingClientRect();
      if (action.checkVisibility() && action.closest('.panel-foot, .actions, .dialog-actions') !== null && (box.bottom > innerHeight + 1 || box.top < 0)) faults.push(`main action out of sight: ${said(action)}`);
    }
    return [...new Set(faults)];
  });
}
