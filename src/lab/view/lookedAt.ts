/** Whether a part of the page is looked at: what is hidden keeps its run, but draws nothing. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export const LookedAt = createContext(true);
export const useLookedAt = () => useContext(LookedAt);
