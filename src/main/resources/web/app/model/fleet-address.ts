import { EVERYTHING, SORT_KEYS, STATES } from './fleet-view.ts';
import type { FleetQuery } from './fleet-view.ts';

/** What an address says of the fleet's table; what it does not say, or not in words known here, is as usual. */
export function readFleetQuery(parameters: URLSearchParams): FleetQuery {
  const sort = parameters.get('sort') ?? '';
  const key = sort.replace(/^-/, '');
  return {
    text: parameters.get('text') ?? EVERYTHING.text,
    state: STATES.find((state) => state === parameters.get('state')) ?? EVERYTHING.state,
    group: parameters.get('group') ?? undefined,
    sort: SORT_KEYS.find((known) => known === key) ?? EVERYTHING.sort,
    descending: sort.startsWith('-'),
  };
}

/** The same, written; nothing where everything is as usual. A descending order has a minus before it. */
export function fleetParameters(query: FleetQuery): URLSearchParams {
  const parameters = new URLSearchParams();
  if (query.text !== EVERYTHING.text) {
    parameters.set('text', query.text);
  }
  if (query.state !== EVERYTHING.state) {
    parameters.set('state', query.state);
  }
  if (query.group !== undefined) {
    parameters.set('group', query.group);
  }
  if (query.sort !== EVERYTHING.sort || query.descending) {
    parameters.set('sort', `${query.descending ? '-' : ''}${query.sort}`);
  }
  return parameters;
}
