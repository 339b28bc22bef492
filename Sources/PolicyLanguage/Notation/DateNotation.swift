/// A day of the calendar, as `2027-03-31`.
public struct CalendarDate: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// 1 to 9999.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int

  /// `nil` when there is no such day in the Gregorian calendar.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9_999).contains(year), (1...12).contains(month) else { return nil }
    guard (1...Self.days(in: month, of: year)).contains(day) else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// `2027-03-31`.
  public var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = "\(number)"
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// Earlier days are less.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension TextNotation where Value == CalendarDate {
  /// A day: `2027-03-31`.
  static var date: TextNotation {
    TextNotation(
      .text(
        TextShape("date", examples: ["2027-03-31"], pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
      parse: { text throws(Advice) in try parse(date: text) }, show: { $0.description })
  }

  private static func parse(date text: String) throws(Advice) -> CalendarDate {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.allSatisfy(\.isASCIIDigit) ? Int($0) : nil }
    guard parts.map(\.count) == [4, 2, 2], numbers.count == 3 else {
      throw Advice(.wrongType, "`\(text)` is not a date", help: "write year, month and day, such as `2027-03-31`")
    }
    guard let date = CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2]) else {
      throw Advice(.outOfRange, "`\(text)` is no day of the calendar")
    }
    return date
  }
}
