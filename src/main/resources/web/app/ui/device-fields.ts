import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import type { DeviceDto, NewDevice } from '../core/protocol.ts';
import type { Problem } from '../core/rest.ts';
import { filled, isWrong, wrongNote } from './forms.ts';

/** What of a device can be changed, as fields of a form. */
export function deviceFields(
  console: Console,
  profiles: readonly string[],
  device: Omit<DeviceDto, 'id'>,
  problem: Problem | undefined,
): TemplateResult {
  const rows = [...console.fleet.rows.values()];
  const groups = [...new Set(rows.map((row) => row.group))].filter((name) => name !== '').sort();
  const chosen = device.profile ?? 'default';
  return html`
    <label>Name <small>What people call it. Without one, its id is shown.</small>
      <input name="name" maxlength="200" autocomplete="off" .value=${device.name ?? ''} aria-invalid=${isWrong(problem, 'name')} />
      ${wrongNote(problem, 'name')}</label>
    <label>Group <small>Its readings are also rolled up with those of the others in the group.</small>
      <input name="group" maxlength="64" list="groups" autocapitalize="none" autocomplete="off" .value=${device.group ?? ''}
        aria-invalid=${isWrong(problem, 'group')} />
      ${wrongNote(problem, 'group')}</label>
    <datalist id="groups">${groups.map((name) => html`<option value=${name}></option>`)}</datalist>
    <label>Profile <small>What it may send, and how fast.</small>
      <select name="profile">${[...new Set([...profiles, chosen])].map(
        (name) => html`<option ?selected=${name === chosen}>${name}</option>`,
      )}</select>
      ${wrongNote(problem, 'profile')}</label>
  `;
}

/** What stands in these fields. */
export function describedDevice(form: FormData): Omit<NewDevice, 'id'> {
  return filled(form, ['name', 'group', 'profile']);
}

/** Names to choose from; there is always the default one. */
export async function profileNames(console: Console): Promise<readonly string[]> {
  try {
    return (await console.api.profiles()).map((profile) => profile.name);
  } catch {
    return ['default'];
  }
}
