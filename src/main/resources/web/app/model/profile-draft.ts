import type { MetricRule, MetricType, ProfileDto } from '../core/protocol.ts';
import type { FieldError } from '../core/rest.ts';

export const METRIC_TYPES: readonly MetricType[] = ['number', 'boolean', 'string', 'data'];

/** A metric as it is being typed. */
export interface MetricDraft {
  /** Stays while others come and go. */
  readonly key: number;
  name: string;
  unit: string;
  type: string;
  min: string;
  max: string;
}

/** A profile as it is being typed; empty fields take the service's defaults. */
export class ProfileDraft {
  name: string;
  strict: boolean;
  rate: string;
  burst: string;
  readonly metrics: MetricDraft[];
  #nextKey = 0;

  constructor(profile: ProfileDto) {
    this.name = profile.name;
    this.strict = profile.strict ?? false;
    this.rate = written(profile.readingsPerSecond);
    this.burst = written(profile.burst);
    this.metrics = (profile.metrics ?? []).map((metric) => this.#draft(metric));
  }

  add(): void {
    this.metrics.push(this.#draft({ name: '' }));
  }

  remove(key: number): void {
    const at = this.metrics.findIndex((metric) => metric.key === key);
    if (at >= 0) {
      this.metrics.splice(at, 1);
    }
  }

  /** What no JSON number could say; everything else is the service's to judge. */
  errors(): FieldError[] {
    const errors: FieldError[] = [];
    const check = (field: string, text: string): void => {
      if (text.trim() !== '' && !Number.isFinite(Number(text))) {
        errors.push({ field, detail: 'must be a number' });
      }
    };
    check('readingsPerSecond', this.rate);
    check('burst', this.burst);
    this.metrics.forEach((metric, i) => {
      check(`metrics[${i}].min`, metric.min);
      check(`metrics[${i}].max`, metric.max);
    });
    return errors;
  }

  profile(): ProfileDto {
    return {
      name: this.name.trim(),
      strict: this.strict,
      ...numbers({ readingsPerSecond: this.rate, burst: this.burst }),
      metrics: this.metrics.map((metric) => ({
        name: metric.name.trim(),
        ...(metric.unit.trim() === '' ? {} : { unit: metric.unit.trim() }),
        ...(metric.type === '' ? {} : { type: metric.type as MetricType }),
        ...numbers({ min: metric.min, max: metric.max }),
      })),
    };
  }

  #draft(metric: MetricRule): MetricDraft {
    return {
      key: this.#nextKey++,
      name: metric.name,
      unit: metric.unit ?? '',
      type: metric.type ?? '',
      min: written(metric.min),
      max: written(metric.max),
    };
  }
}

function written(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

function numbers(texts: Readonly<Record<string, string>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(texts)
      .filter(([, text]) => text.trim() !== '')
      .map(([name, text]) => [name, Number(text)]),
  );
}
