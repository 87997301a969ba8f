/*
 * A fleet that exists in this page only: its devices stand in the registry's list, and the live stream moves a part of
 * them with each frame. What is measured is then the page, not a service that carries ten thousand devices.
 */
(() => {
  const { devices, movedPerFrame, framesPerSecond, metrics = 1, history = 1 } = window.syntheticFleet;
  const ids = Array.from({ length: devices }, (_, i) => `synthetic-${String(i).padStart(5, '0')}`);
  const PART = 1000;

  const realFetch = window.fetch;
  window.fetch = (input, init) => {
    const url = new URL(input, document.baseURI);
    if (url.pathname !== '/api/devices') {
      return realFetch(input, init);
    }
    const from = Number(url.searchParams.get('next') ?? 0);
    const items = ids.slice(from, from + PART).map((id, i) => ({ id, group: `line-${(from + i) % 20}`, enabled: true }));
    const next = from + PART < ids.length ? { next: String(from + PART) } : {};
    return Promise.resolve(new Response(JSON.stringify({ items, ...next }), { headers: { 'Content-Type': 'application/json' } }));
  };

  window.WebSocket = class {
    onmessage = null;
    onclose = null;
    #timers = [];
    #next = 0;

    constructor() {
      setTimeout(() => this.#say({ welcome: { session: 's', time: Date.now(), windows: ['1s', '10s', '1m'], roles: ['admin'], lagMs: 42 } }));
    }

    send(text) {
      const { subscribe, ping } = JSON.parse(text);
      if (ping !== undefined) {
        this.#say({ pong: {} });
      } else if (subscribe?.channel === 'devices') {
        this.#snapshot(subscribe.id, (id) => ({ device: id, connected: true, since: Date.now(), lastSeen: Date.now() }));
      } else if (subscribe?.channel === 'rollups' && subscribe.devices?.length !== 0) {
        const names = Array.from({ length: metrics }, (_, i) => (i === 0 ? 'temperature' : `temperature-${i}`));
        const ages = Array.from({ length: history }, (_, i) => history - 1 - i);
        this.#snapshot(subscribe.id, (id) => names.flatMap((name) => ages.map((age) => this.#window(id, name, age))));
        this.#timers.push(setInterval(() => this.#update(subscribe.id, names), 1000 / framesPerSecond));
      }
    }

    close() {
      this.#timers.forEach(clearInterval);
    }

    #snapshot(id, item) {
      for (let from = 0; from < ids.length; from += PART) {
        const more = from + PART < ids.length;
        this.#say({ snapshot: { id, position: 'p', recovered: false, more, items: ids.slice(from, from + PART).flatMap(item) } });
      }
    }

    #update(id, names) {
      const moved = Array.from({ length: movedPerFrame }, () => ids[this.#next++ % ids.length]);
      const items = moved.flatMap((device) => names.map((name) => this.#window(device, name)));
      this.#say({ update: { id, position: 'p', items } });
    }

    /** @param age in windows */
    #window(device, metric, age = 0) {
      const last = 20 + Math.random();
      const start = (Math.floor(Date.now() / 1000) - age) * 1000;
      return { device, metric, unit: 'Cel', window: '1s', start, count: 4, min: 19, max: 22, mean: last, last, final: false };
    }

    #say(frame) {
      this.onmessage?.({ data: JSON.stringify(frame) });
    }
  };
})();
