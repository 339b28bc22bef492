/// What makes a character unfit for a policy file.
enum CharacterHazard {
  /// C0 and C1 controls and U+007F; YAML forbids all but U+0085.
  case control
  /// U+0085, U+2028 and U+2029: a new line for some tools and none for others.
  case lineBreak
  /// Changes the direction of the text around it, so that a reader sees another order than a parser.
  case direction
  /// Takes no room at all, so that two different names look the same.
  case invisible
  /// U+FFFE and U+FFFF, which are no characters.
  case nonCharacter
  /// Looks like a space and is none to YAML.
  case space

  /// The hazard of `scalar`, or `nil` for the fit ones. Sources: YAML 1.2.2 section 5.1, and the bidirectional and
  /// default-ignorable characters of Unicode Technical Report 36. Variation selectors are left alone: emoji need them.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: return nil
    case 0x85, 0x2028, 0x2029: self = .lineBreak
    case 0x00...0x1F, 0x7F...0x9F: self = .control
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: self = .direction
    case 0xAD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200D, 0x2060...0x2065:
      self = .invisible
    case 0x206A...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      self = .invisible
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: self = .space
    case 0xFFFE, 0xFFFF: self = .nonCharacter
    default: return nil
    }
  }

  /// Whether the parser must not see the character: it would stop there, or count lines as nobody else does.
  var confusesParser: Bool {
    switch self {
    case .control, .lineBreak, .nonCharacter: true
    case .direction, .invisible, .space: false
    }
  }
}
