/** Everything that is shown of a run: the distribution, the paths, the figures and the numbers. */
import { Figures } from './Figures.js';
import { HeatMap } from './HeatMap.js';
import { later } from './later.js';
import { Mirror } from './Mirror.js';
import { Numbers } from './Numbers.js';
import type { OneRun } from './useRun.js';

const Space = later(async () => (await import('./Space.js')).Space);

interface Props {
  readonly run: OneRun;
  /** What files of it are called. */
  readonly name: string;
}

export function Results({ run, name }: Props) {
  const { shown, chosen, map, send } = run;
  return (
    <div class="results">
      {shown.kind === 'line' && <HeatMap map={shown.map} maps={shown.maps} wanted={map} choose={run.chooseMap} />}
      <Mirror paths={shown.mirror} />
      {shown.kind === 'orbits' && <Space scene={shown.space} send={send} />}
      <Figures
        figures={shown.rows.length > 0 ? shown.figures : []}
        chosen={chosen}
        svgs={shown.svgs}
        readings={shown.readings}
        name={name}
        toggle={run.toggle}
        resize={run.resize}
        csv={(tables) => send({ type: 'csv', tables })}
        hdf5={() => send({ type: 'hdf5' })}
        notice={(message) => run.tell({ type: 'notice', message })}
      />
      <Numbers rows={shown.rows} verdict={shown.verdict} />
    </div>
  );
}
