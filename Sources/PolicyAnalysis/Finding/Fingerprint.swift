import LocatedYAML
import PolicyLanguage

/// What a finding is known by from one version of a file to the next: rule, policy path and value, so that edits
/// elsewhere in the file change nothing.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  private let hash: UInt64

  init(_ hash: UInt64) { self.hash = hash }

  /// Hashes the parts. `occurrence` tells apart findings whose parts are all equal: 0 for the first.
  ///
  /// FNV-1a, 64 bits (Fowler, Noll, Vo): stable between versions and machines, which the standard library's hasher is
  /// not.
  init(rule: String, path: String, value: String, occurrence: Int) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    for part in [rule, path, value] {
      part.utf8.forEach(mix)
      mix(0)
    }
    if occurrence > 0 { "\(occurrence)".utf8.forEach(mix) }
    self.hash = hash
  }

  /// Sixteen hexadecimal digits.
  public var description: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension [Finding] {
  /// Gives each finding of one file its fingerprint.
  mutating func fingerprint() {
    var seen: [Fingerprint: Int] = [:]
    for index in indices {
      let diagnostic = self[index].diagnostic
      let value = diagnostic.location.source.text(diagnostic.location.span)
      func made(_ occurrence: Int) -> Fingerprint {
        Fingerprint(rule: diagnostic.rule.code, path: diagnostic.path, value: value, occurrence: occurrence)
      }
      let first = made(0)
      let occurrence = seen[first, default: 0]
      seen[first] = occurrence + 1
      self[index].fingerprint = occurrence == 0 ? first : made(occurrence)
    }
  }
}
