import { DeviceModel } from '../model/device-model.ts';
import { FleetModel } from '../model/fleet-model.ts';
import { GroupsModel } from '../model/groups-model.ts';
import { HistoryModel } from '../model/history-model.ts';
import { RejectsModel } from '../model/rejects-model.ts';
import { WayModel } from '../model/way-model.ts';
import { CountsModel } from '../model/counts-model.ts';
import { Administration } from './administration.ts';
import { Api } from './api.ts';
import { ServiceClock } from './clock.ts';
import { LiveConnection } from './live-connection.ts';
import type { Socket, Timers } from './live-connection.ts';
import { Preferences } from './preferences.ts';
import { SUBPROTOCOL } from './protocol.ts';
import { Rest } from './rest.ts';
import { Router } from './router.ts';
import { Session } from './session.ts';

/** A hidden page lets its socket go after this long; recovery brings back what it missed. */
const REST_AFTER_MS = 60_000;

/** Everything that behaves, put together once; elements get it as a property and only render. */
export class Console {
  readonly clock = new ServiceClock();
  readonly api: Api;
  readonly administration: Administration;
  readonly preferences = new Preferences();
  readonly router = new Router();
  readonly live: LiveConnection;
  readonly session: Session;
  readonly fleet: FleetModel;
  /** Of the whole fleet. */
  readonly rejects: RejectsModel;
  readonly way: WayModel;
  readonly #timers: Timers = {
    set: (callback, ms) => window.setTimeout(callback, ms),
    clear: (id) => window.clearTimeout(id),
  };
  #rest: number | undefined;

  constructor(rest: Rest = new Rest()) {
    this.api = new Api(rest);
    this.administration = new Administration(rest);
    this.live = new LiveConnection(openSocket, this.clock, this.#timers);
    this.fleet = new FleetModel(this.api, this.live, this.clock);
    this.rejects = new RejectsModel(this.live, this.clock);
    this.way = new WayModel(openSocket, this.live, this.clock, this.#timers, () => document.hidden);
    this.session = new Session(this.api, this.live);
    this.session.watch(() => {
      if (this.session.state.name === 'signed-in') {
        this.fleet.start();
        this.rejects.start();
      } else {
        this.fleet.stop();
        this.rejects.stop();
      }
    });
  }

  start(): void {
    addEventListener('online', () => this.live.retryNow());
    document.addEventListener('visibilitychange', () => this.#visibility());
    void this.session.restore();
  }

  device(id: string): DeviceModel {
    return new DeviceModel(id, this.live, this.clock);
  }

  group(name: string): DeviceModel {
    return new DeviceModel(name, this.live, this.clock, 'group');
  }

  history(id: string): HistoryModel {
    return new HistoryModel(id, this.api, this.live, this.clock, this.#timers, () => document.hidden);
  }

  groupHistory(name: string): HistoryModel {
    return new HistoryModel(name, this.api, this.live, this.clock, this.#timers, () => document.hidden, 'group');
  }

  groups(): GroupsModel {
    return new GroupsModel(this.live, this.clock);
  }

  rejectsOf(device: string): RejectsModel {
    return new RejectsModel(this.live, this.clock, device);
  }

  counts(id: string): CountsModel {
    return new CountsModel(id, this.api, this.#timers);
  }

  #visibility(): void {
    window.clearTimeout(this.#rest);
    if (document.hidden) {
      this.#rest = window.setTimeout(() => this.live.rest(), REST_AFTER_MS);
    } else if (this.live.state.name === 'resting') {
      this.live.start();
    }
  }
}

function openSocket(): Socket {
  const url = new URL('live', document.baseURI);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  return new WebSocket(url, SUBPROTOCOL) as Socket;
}
