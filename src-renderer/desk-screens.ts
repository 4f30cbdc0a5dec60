import type { ComponentType } from 'react';
import type { ScreenName, ScreenParameters } from './router/screens.ts';

/**
 * The component of every screen that exists. A screen whose line is missing is left out of the rail and the palette, so
 * nobody can open what is not there.
 */
export type ScreenComponents = { readonly [Name in ScreenName]?: ComponentType<ScreenParameters[Name]> };

export const DESK_SCREENS: ScreenComponents = {};
