// Numbers and times as a person reads them. Sizes are binary, shares are percent only here.
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const DAY = 86400;

export function bytes(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  let unit = 0;
  let rest = Math.max(0, value);
  while (rest >= 1024 && unit < UNITS.length - 1) {
    rest /= 1024;
    unit++;
  }
  return (unit === 0 ? Math.round(rest) : rest.toFixed(rest < 10 ? 2 : 1)) + ' ' + UNITS[unit];
}

export const rate = (value) => bytes(value) + '/s';

export const percent = (value) => (value === 0 ? '0%' : (value * 100).toFixed(value < 0.1 ? 2 : 1) + '%');

/** A whole number in groups of three; the browser's own format needs 20 ms the first time. */
export const count = (value) => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

export const plural = (value, one, many = one + 's') => `${count(value)} ${value === 1 ? one : many}`;

export function duration(seconds) {
  const s = Math.max(0, seconds);
  if (s < 10) {
    return (Math.round(s * 10) / 10) + ' s';
  }
  if (s < 60) {
    return Math.round(s) + ' s';
  }
  if (s < 3600) {
    return Math.floor(s / 60) + ' min' + (s < 600 && Math.round(s % 60) ? ` ${Math.floor(s % 60)} s` : '');
  }
  if (s < 2 * DAY) {
    return Math.floor(s / 3600) + ' h' + (Math.floor((s % 3600) / 60) ? ` ${Math.floor((s % 3600) / 60)} min` : '');
  }
  return Math.floor(s / DAY) + ' days';
}

export function ago(time, now = Date.now()) {
  if (!time) {
    return 'never';
  }
  const seconds = Math.round((now - Date.parse(time)) / 1000);
  return seconds < 2 ? 'just now' : duration(seconds) + ' ago';
}

const two = (value) => String(value).padStart(2, '0');

/** Local time, sortable: 2026-11-25 21:04:09. */
export function time(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  const at = new Date(value);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** Without the date where it is today. */
export function shortTime(value, now = new Date()) {
  const text = time(value);
  return text.startsWith(time(now).slice(0, 10)) ? text.slice(11) : text.slice(0, 16);
}

export function money(value, currency) {
  if (value > 0 && value < 0.0001) {
    return `< 0.0001 ${currency}`;
  }
  return `${value.toFixed(value > 0 && value < 1 ? 4 : 2)} ${currency}`;
}

/** Names such as disk.used_ratio and paths stay as they are. */
export const sentence = (text) => (text ? (/^\w+[._]\w/.test(text) ? text[0] : text[0].toUpperCase()) + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.') : '');
