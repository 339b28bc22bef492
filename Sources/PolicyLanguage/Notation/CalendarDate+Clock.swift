extension CalendarDate {
  /// The day, in UTC, that is so many seconds after the start of 1970; `nil` outside of years 1970 to 9999.
  ///
  /// The civil calendar from a count of days (Howard Hinnant, "chrono-compatible low-level date algorithms"): years
  /// begin in March, so that the leap day is the last of its year.
  public init?(secondsSince1970 seconds: Int) {
    guard (0...253_402_300_799).contains(seconds) else { return nil }
    let shifted = seconds / 86_400 + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }
}
