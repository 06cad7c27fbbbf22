/** A part of the page whose code is fetched when it is first looked at. */
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export function later<P extends object>(load: () => Promise<FunctionComponent<P>>): FunctionComponent<P> {
  let loaded: FunctionComponent<P> | undefined;
  return function Later(props: P) {
    const [Part, setPart] = useState<FunctionComponent<P> | undefined>(() => loaded);
    const [lost, setLost] = useState(false);
    useEffect(() => {
      let gone = false;
      if (!Part)
        load().then(
          (found) => {
            loaded = found;
            if (!gone) setPart(() => found);
          },
          () => !gone && setLost(true),
        );
      return () => {
        gone = true;
      };
    }, []);
    if (Part) return <Part {...props} />;
    return lost ? (
      <p class="loading" role="alert">
        This part could not be loaded (it needs the network once; load the page again).
      </p>
    ) : (
      <p class="loading">Loading …</p>
    );
  };
}
