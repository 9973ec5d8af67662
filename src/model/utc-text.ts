/** A time as people read it in a message: `2022-05-13 00:00`, with seconds and milliseconds only where there are some. */
import { civilDate, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from './time.ts';

/** `2022-05-13 00:00`, `2022-05-13 00:00:07`, `2022-05-13 00:00:07.250`, always UTC. */
export function utcText(time: number): string {
  const { year, month, day } = civilDate(time);
  const ofDay = time - Math.floor(time / MS_PER_DAY) * MS_PER_DAY;
  const hour = Math.floor(ofDay / MS_PER_HOUR);
  const minute = Math.floor((ofDay % MS_PER_HOUR) / MS_PER_MINUTE);
  const second = Math.floor((ofDay % MS_PER_MINUTE) / MS_PER_SECOND);
  const ms = Math.floor(ofDay % MS_PER_SECOND);
  const text = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)} ${digits(hour, 2)}:${digits(minute, 2)}`;
  if (second === 0 && ms === 0) return text;
  return ms === 0 ? `${text}:${digits(second, 2)}` : `${text}:${digits(second, 2)}.${digits(ms, 3)}`;
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
