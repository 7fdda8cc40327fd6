import type { LocalTime, UnusualUse } from "./unusual-use.ts"

/** Days of use before there are hours that are usual: a month of working days. */
const daysOfHabit = 20

/** Days of use that are remembered: a quarter of working days, so that other working hours become usual in time. */
const daysRemembered = 60

interface UnusualHours {
  readonly day: number
  readonly firstHour: number
  readonly lastHour: number
  readonly from: number
  readonly rows: number
  readonly daysNear: number
  readonly daysBefore: number
}

/** At which hours of the day the vault has been used until now. */
export class VaultHours {
  /** An hour is unusual when the vault was used around it on fewer than one day in so many. */
  readonly #oneDayIn: number
  /** Of each day that is remembered, the oldest first: which hours, a bit for each. */
  readonly #daysBefore: number[] = []
  #today = { day: Number.NaN, hours: 0 }
  #unusual: UnusualHours | null = null

  constructor(oneDayIn: number) {
    this.#oneDayIn = oneDayIn
  }

  /** Takes the next row. @returns the unusual hours that it belongs to, as they are now */
  note(at: number, { day, hour }: LocalTime): UnusualUse | null {
    if (day !== this.#today.day) this.#beginDay(day)
    this.#today.hours |= 1 << hour
    const daysNear = this.#daysUsedAround(hour)
    const isUnusual = this.#daysBefore.length >= daysOfHabit && daysNear * this.#oneDayIn < this.#daysBefore.length
    return isUnusual ? this.#continue(at, { day, hour }, daysNear) : null
  }

  #beginDay(day: number): void {
    if (this.#today.hours !== 0) this.#daysBefore.push(this.#today.hours)
    if (this.#daysBefore.length > daysRemembered) this.#daysBefore.shift()
    this.#today = { day, hours: 0 }
  }

  /** Days on which it was used in this hour, in the one before or in the one after. */
  #daysUsedAround(hour: number): number {
    const around = (1 << hour) | (1 << ((hour + 23) % 24)) | (1 << ((hour + 1) % 24))
    return this.#daysBefore.filter((hours) => (hours & around) !== 0).length
  }

  #continue(at: number, { day, hour }: LocalTime, daysNear: number): UnusualUse {
    const last = this.#unusual
    const isSame = last !== null && last.day === day && hour - last.lastHour <= 1
    const daysBefore = this.#daysBefore.length
    const begun = isSame ? last : { day, firstHour: hour, from: at, rows: 0, daysNear, daysBefore }
    const hours = { ...begun, lastHour: hour, rows: begun.rows + 1 }
    this.#unusual = hours
    return { kind: "odd-hours", keyId: null, from: hours.from, to: at, rows: hours.rows, reason: reasonFor(hours) }
  }
}

function reasonFor({ firstHour, lastHour, daysNear, daysBefore }: UnusualHours): string {
  const [from, to] = [firstHour, (lastHour + 1) % 24].map((hour) => `${String(hour).padStart(2, "0")}:00`)
  const often = daysNear === 0 ? "on none" : `on ${daysNear}`
  return `The vault was used between ${from} and ${to}, as it was ${often} of the ${daysBefore} days of use before.`
}
