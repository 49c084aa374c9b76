// SPDX-License-Identifier: Apache-2.0
// Weeks as people have them: they begin on Monday, where the person is, whatever the clocks do in between.

const DAYS = 7;
/** So many weeks from one mark to the next, never an odd number of them. */
const STEPS = [1, 2, 4, 8, 13, 26, 52];

function daysOn(day: Date, days: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days);
}

/** The midnight at which the week began. */
export function weekOf(time: Date): Date {
  return daysOn(time, -((time.getDay() + 6) % DAYS));
}

/** The beginning of every week from that of `first` to the one after that of `last`. */
export function weeks(first: Date, last: Date): Date[] {
  const all = [weekOf(first)];
  const end = daysOn(weekOf(last), DAYS);
  for (let week = all[0]; week && week < end; ) {
    week = daysOn(week, DAYS);
    all.push(week);
  }
  return all;
}

/** Not more of them than there is room for. */
export function thinned<T>(all: T[], most: number): T[] {
  const step = STEPS.find((each) => Math.ceil(all.length / each) <= most) ?? Math.ceil(all.length / Math.max(1, most));
  return all.filter((_, index) => index % step === 0);
}

/** Day and month; the year under them where it is another than the one before, when there is more than one. */
export function labels(days: Date[], locale: string): string[] {
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
  const years = new Set(days.map((each) => each.getFullYear()));
  return days.map((each, index) => {
    const same = years.size === 1 || days[index - 1]?.getFullYear() === each.getFullYear();
    return same ? day.format(each) : `${day.format(each)}\n${each.getFullYear()}`;
  });
}
