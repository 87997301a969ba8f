/** SenML's unit symbols (RFC 8428, RFC 8798) as people write them; others are shown as they are. */
const WRITTEN: Readonly<Record<string, string>> = {
  Cel: '°C',
  degF: '°F',
  '%RH': '% RH',
  '%EL': '% battery',
  '/': '',
  'm/s2': 'm/s²',
  'm/s': 'm/s',
  m2: 'm²',
  m3: 'm³',
  'm3/s': 'm³/s',
  'l/s': 'L/s',
  'l/min': 'L/min',
  l: 'L',
  Ohm: 'Ω',
  deg: '°',
  lat: '° lat',
  lon: '° lon',
  'beat/min': 'bpm',
  'beats': 'beats',
  '1/s': '/s',
  '1/min': '/min',
  'kg/m3': 'kg/m³',
  'W/m2': 'W/m²',
  'ug/m3': 'µg/m³',
  degC: '°C',
  s: 's',
};

export function writtenUnit(unit: string): string {
  return WRITTEN[unit] ?? unit;
}
