/// How one character of a file is shown on a terminal.
struct CharacterCells {
  let text: String
  /// How many cells it takes.
  let width: Int

  /// The cells of `scalar` when it begins at cell `column` of its line.
  init(_ scalar: Unicode.Scalar, at column: Int) {
    if scalar == "\t" {
      width = 4 - column % 4
      text = String(repeating: " ", count: width)
    } else if scalar.isASCII, scalar.value >= 0x20, scalar.value != 0x7F {
      text = String(Character(scalar))
      width = 1
    } else if scalar.isInvisible {
      text = scalar.escaped
      width = text.utf8.count
    } else {
      text = String(Character(scalar))
      width = scalar.isCombining ? 0 : scalar.isWide ? 2 : 1
    }
  }
}

extension Unicode.Scalar {
  /// Whether nothing can be seen of it, or it changes how its neighbours look: controls, direction marks, zero-width
  /// characters, every blank but the common one.
  var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    case .spaceSeparator: self != " "
    default: false
    }
  }

  /// `<U+202E>`.
  var escaped: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
  }

  fileprivate var isCombining: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Whether a terminal gives it two cells: the wide and full-width blocks of Unicode's East Asian Width (UAX #11).
  fileprivate var isWide: Bool {
    guard value >= 0x1100 else { return false }
    return Self.wide.contains { $0.contains(value) }
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0, 0x23F3...0x23F3,
    0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F, 0x2693...0x2693, 0x26A1...0x26A1,
    0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA,
    0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B,
    0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
    0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x303E,
    0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF,
    0x1F004...0x1F004, 0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F200...0x1F265,
    0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F7E0...0x1F7F0, 0x1F90C...0x1F9FF, 0x1FA70...0x1FAFF,
    0x20000...0x3FFFD,
  ]
}

extension String {
  /// The text with every invisible character written out, so that nothing in a file can move the cursor or hide.
  public var visible: String {
    guard unicodeScalars.contains(where: { $0 != " " && $0.isInvisible }) else { return self }
    var shown = ""
    for scalar in unicodeScalars {
      if scalar.isInvisible { shown += scalar.escaped } else { shown.unicodeScalars.append(scalar) }
    }
    return shown
  }
}
