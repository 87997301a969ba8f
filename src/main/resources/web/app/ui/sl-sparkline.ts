import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';

type Values = ArrayLike<number> & Iterable<number>;

/** A line without axes, for the eye only: what it shows stands beside it as a number. */
export class SluiceSparkline extends LitElement {
  static override properties = { values: { attribute: false } };
  static override styles = css`
    :host {
      display: block;
      color: var(--accent);
    }

    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }
  `;

  declare values: Values | undefined;
  #width = 0;
  #height = 0;
  readonly #resized = new ResizeObserver(([entry]) => {
    if (entry !== undefined) {
      this.#width = entry.contentRect.width;
      this.#height = entry.contentRect.height;
      this.#draw();
    }
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  override render(): TemplateResult {
    return html`<canvas aria-hidden="true"></canvas>`;
  }

  override updated(): void {
    this.#draw();
  }

  #draw(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (canvas === null || context === null || context === undefined || this.#width === 0) {
      return;
    }
    const scale = window.devicePixelRatio;
    const width = Math.round(this.#width * scale);
    const height = Math.round(this.#height * scale);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, this.#width, this.#height);
    const { values } = this;
    if (values !== undefined && values.length > 1) {
      this.#line(context, values);
    }
  }

  #line(context: CanvasRenderingContext2D, values: Values): void {
    let low = Infinity;
    let high = -Infinity;
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const range = high - low;
    const top = 2.5;
    const inner = this.#height - 5;
    const step = (this.#width - 5) / (values.length - 1);
    const y = (value: number): number => (range === 0 ? this.#height / 2 : top + inner * (1 - (value - low) / range));
    context.beginPath();
    for (let i = 0; i < values.length; i++) {
      context.lineTo(i * step + 1, y(values[i]!));
    }
    context.strokeStyle = getComputedStyle(this).color;
    context.lineWidth = 1.5;
    context.lineJoin = 'round';
    context.stroke();
    context.beginPath();
    context.arc((values.length - 1) * step + 1, y(values[values.length - 1]!), 2.2, 0, Math.PI * 2);
    context.fillStyle = context.strokeStyle;
    context.fill();
  }
}

customElements.define('sl-sparkline', SluiceSparkline);
