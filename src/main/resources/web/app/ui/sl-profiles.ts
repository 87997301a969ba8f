import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { formatCount, formatMany } from '../core/format.ts';
import type { ProfileDto } from '../core/protocol.ts';
import { asProblem } from '../core/rest.ts';
import type { Problem } from '../core/rest.ts';
import { NEW_PROFILE_HREF, profileHref } from '../core/router.ts';
import { formStyles, problemNote } from './forms.ts';
import { shared } from './shared.ts';
import { Watching } from './watching.ts';

/** Every profile: what it lets through, and how many devices it judges. */
export class SluiceProfiles extends LitElement {
  static override properties = {
    console: { attribute: false },
    profiles: { state: true },
    problem: { state: true },
  };

  declare console: Console;
  declare profiles: readonly ProfileDto[] | undefined;
  declare problem: Problem | undefined;
  readonly #watching = new Watching(this);

  static override styles = [
    shared,
    formStyles,
    css`
      :host {
        max-width: 1000px;
      }

      .sheet {
        overflow-x: auto;
      }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('console')) {
      this.#watching.watch(this.console.fleet);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Profiles · Sluice';
  }

  override firstUpdated(): void {
    void this.#load();
  }

  override render(): TemplateResult {
    return html`
      <h1>Profiles</h1>
      <section class="card sheet">
        <p class="muted">A profile says what its devices may send, and how fast. A device without one is judged by “default”.</p>
        ${problemNote(this.problem)}
        ${this.profiles === undefined
          ? html`<p class="muted" role="status">Reading the profiles …</p>`
          : this.#table(this.profiles)}
        ${this.console.session.isAdministrator
          ? html`<div><a class="button" href=${NEW_PROFILE_HREF}>New profile</a></div>`
          : nothing}
      </section>
    `;
  }

  #table(profiles: readonly ProfileDto[]): TemplateResult {
    const devices = new Map<string, number>();
    for (const row of this.console.fleet.rows.values()) {
      const profile = row.profile === '' ? 'default' : row.profile;
      devices.set(profile, (devices.get(profile) ?? 0) + 1);
    }
    return html`<table>
      <thead><tr>
        <th scope="col">Profile</th><th scope="col">Lets through</th><th scope="col">Readings per second</th>
        <th scope="col">Devices</th>
      </tr></thead>
      <tbody>${profiles.map((profile) => this.#row(profile, devices.get(profile.name) ?? 0))}</tbody>
    </table>`;
  }

  #row(profile: ProfileDto, devices: number): TemplateResult {
    const metrics = profile.metrics?.length ?? 0;
    const listed = metrics === 0 ? '' : `, ${formatMany(metrics, 'metric')} with rules`;
    return html`<tr data-profile=${profile.name}>
      <td><a href=${profileHref(profile.name)}>${profile.name}</a></td>
      <td>${profile.strict ? `strict: ${formatMany(metrics, 'metric')}, nothing else` : `open: any metric${listed}`}</td>
      <td class="number">${formatCount(profile.readingsPerSecond ?? 0)}, burst ${formatCount(profile.burst ?? 0)}</td>
      <td class="number">${formatCount(devices)}</td>
    </tr>`;
  }

  async #load(): Promise<void> {
    try {
      this.profiles = await this.console.api.profiles();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }
}

customElements.define('sl-profiles', SluiceProfiles);
