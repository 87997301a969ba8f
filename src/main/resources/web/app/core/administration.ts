import type { DeviceDto, ImportedLine, NewDevice, OperatorBody, OperatorDto, ProfileDto } from './protocol.ts';
import type { Answer, Rest } from './rest.ts';

/** How the tokens of a device are replaced, in seconds. */
export interface Replacement {
  /** How long the old ones go on. */
  readonly grace: number;
  /** How long the new one lasts; undefined: without an end. */
  readonly valid: number | undefined;
}

export interface Imported {
  readonly lines: readonly ImportedLine[];
  /** False where the answer broke off: there may be devices that it does not tell of. */
  readonly isWhole: boolean;
}

/**
 * What only an administrator may change, and what such a change starts from; section 2 of the operator protocol. Every call
 * throws a `Problem` in plain words where it is refused.
 */
export class Administration {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  device(id: string): Promise<Answer<DeviceDto>> {
    return this.#rest.ask<DeviceDto>('GET', devicePath(id));
  }

  /** @returns the device's token, which is never told again */
  async createDevice(device: NewDevice): Promise<string> {
    return (await this.#rest.ask<{ token: string }>('POST', 'api/devices', { body: device })).body.token;
  }

  /** @param tag what the change was made from: 412 where somebody else was faster */
  async replaceDevice(device: NewDevice, tag: string | undefined): Promise<void> {
    await this.#rest.ask('PUT', devicePath(device.id), { body: device, ifMatch: tag });
  }

  /** @param purge takes what is stored of it away, too */
  async deleteDevice(id: string, purge: boolean): Promise<void> {
    await this.#rest.ask('DELETE', `${devicePath(id)}${purge ? '?purge=true' : ''}`);
  }

  /** @returns the new token, which is never told again */
  async replaceToken(id: string, { grace, valid }: Replacement): Promise<string> {
    const query = `graceSeconds=${grace}${valid === undefined ? '' : `&validSeconds=${valid}`}`;
    return (await this.#rest.ask<{ token: string }>('POST', `${devicePath(id)}/token?${query}`)).body.token;
  }

  /** The protocol ends tokens only in exchange for a new one: this one nobody is told, and it is over after a second. */
  async revokeTokens(id: string): Promise<void> {
    await this.replaceToken(id, { grace: 0, valid: 1 });
  }

  /** @param lines a device as JSON on each */
  async importDevices(lines: string): Promise<Imported> {
    const told = await this.#rest.lines('POST', 'api/devices/import', { lines });
    return { lines: told.lines.map((line) => JSON.parse(line) as ImportedLine), isWhole: told.isWhole };
  }

  profile(name: string): Promise<Answer<ProfileDto>> {
    return this.#rest.ask<ProfileDto>('GET', profilePath(name));
  }

  async putProfile(profile: ProfileDto, tag: string | undefined): Promise<void> {
    await this.#rest.ask('PUT', profilePath(profile.name), { body: profile, ifMatch: tag });
  }

  async deleteProfile(name: string): Promise<void> {
    await this.#rest.ask('DELETE', profilePath(name));
  }

  operators(): Promise<readonly OperatorDto[]> {
    return this.#rest.all<OperatorDto>('api/operators');
  }

  async createOperator(operator: OperatorBody): Promise<void> {
    await this.#rest.ask('POST', 'api/operators', { body: operator });
  }

  async replaceOperator(operator: OperatorBody): Promise<void> {
    await this.#rest.ask('PUT', operatorPath(operator.name), { body: operator });
  }

  async deleteOperator(name: string): Promise<void> {
    await this.#rest.ask('DELETE', operatorPath(name));
  }
}

function devicePath(id: string): string {
  return `api/devices/${encodeURIComponent(id)}`;
}

function profilePath(name: string): string {
  return `api/profiles/${encodeURIComponent(name)}`;
}

function operatorPath(name: string): string {
  return `api/operators/${encodeURIComponent(name)}`;
}
