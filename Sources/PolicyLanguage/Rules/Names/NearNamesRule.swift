extension Rule {
  static let nearNames = Rule(
    "RP308", "near-names", .warning, "Two names of a section one edit or one case apart.",
    why: """
      `payment` and `payments` are two breakers that each see half of the failures. Usually one of them is a typing \
      mistake, and where it is not, the next reader will make one.
      """,
    bad: RuleExample(
      """
      version: 1
      breakers:
        payments: {failures: 5, open: 60s}
        payment: {failures: 5, open: 60s}
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: payment}]}
        users.put: {layers: [{deadline: 2s}, {breaker: payments}]}

      """, line: 4),
    good: """
      version: 1
      breakers:
        payments: {failures: 5, open: 60s}
      operations:
        users.get: {layers: [{deadline: 2s}, {breaker: payments}]}
        users.put: {layers: [{deadline: 2s}, {breaker: payments}]}

      """)
}

/// Finds names of one section that differ in one letter, or in case and separators only.
///
/// Two names one edit apart become equal when one letter, the right one, is left out of one or both; so names are brought
/// together by the hashes of what is left. Digits count as different: `shard-1` and `shard-2` are meant. So do words of
/// three letters and less, such as `get` and `set`.
struct NearNames {
  let section: SectionName
  let entries: [Entry]

  /// O(letters · log letters) of all names together.
  func check(_ log: inout FindingLog) {
    let texts = entries.map { Array($0.name.lowercased().utf8) }
    var reported: Set<Int> = []
    for group in groups(of: texts) {
      for (position, late) in group.enumerated() where !reported.contains(late) {
        guard let early = group[..<position].first(where: { Self.areNear(texts[$0], texts[late]) }) else { continue }
        reported.insert(late)
        report(entries[early], entries[late], &log)
      }
    }
  }

  private func report(_ early: Entry, _ late: Entry, _ log: inout FindingLog) {
    log.add(
      Diagnostic(
        .nearNames, "`\(late.name)` is one edit away from `\(early.name)`", at: Location(late.key),
        path: "\(section.rawValue).\(late.name)",
        related: [.init(Location(early.key), "`\(early.name)` is defined here")],
        help: "if both are meant, names that differ more are safer"))
  }

  /// Positions of names that may be near each other, in ascending order; at most 64 in a group.
  private func groups(of texts: [[UInt8]]) -> [[Int]] {
    let hashes = hashes(of: texts)
    var groups: [[Int]] = []
    var start = 0
    while start < hashes.count {
      let end = hashes[start...].firstIndex { $0.hash != hashes[start].hash } ?? hashes.count
      if end - start > 1 {
        var group: [Int] = []
        for item in hashes[start..<end] where group.last != item.index && group.count < 64 { group.append(item.index) }
        if group.count > 1 { groups.append(group) }
      }
      start = end
    }
    return groups.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The hashes of all names that are no patterns, equal ones beside each other.
  private func hashes(of texts: [[UInt8]]) -> [NameHash] {
    guard texts.count > 1 else { return [] }
    var hashes: [NameHash] = []
    hashes.reserveCapacity(texts.reduce(0) { $0 + $1.count + 1 })
    for (index, text) in texts.enumerated() where !text.contains(UInt8(ascii: "*")) {
      NameHash.add(text, index, to: &hashes)
    }
    hashes.sort { ($0.hash, $0.index) < ($1.hash, $1.index) }
    return hashes
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A || byte >= 0x80 }

  /// Whether two lower-case names are taken for each other.
  private static func areNear(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    if left == right { return true }
    guard EditDistance.between(left, right, atMost: 1) != nil else { return false }
    let start = zip(left, right).prefix { $0 == $1 }.count
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    let changed = [left, right].compactMap { start < $0.count ? $0[start] : nil }
    let inserted = short.count < long.count ? [long[start]] : changed
    if inserted.contains(where: \.isDigit) { return false }
    if inserted.contains(where: { !isLetter($0) }) { return true }
    return min(word(around: start, in: left), word(around: start, in: right)) > 3
  }

  /// The letters of the word at, or right before, a position.
  private static func word(around position: Int, in text: [UInt8]) -> Int {
    let before = text.prefix(position).reversed().prefix(while: isLetter).count
    return before + text.dropFirst(position).prefix(while: isLetter).count
  }
}

/// The hash of a name, or of a name without one of its letters.
private struct NameHash {
  let hash: UInt64
  /// The name's position.
  let index: Int

  /// The number that letters are multiplied with, once more for each letter behind them, and its inverse.
  private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let inverse: UInt64 = 0xF1DE_83E1_9937_733D

  /// Adds the polynomial hashes of a text, and of the text without each one of its letters: what stands before the letter
  /// has one fewer behind it then, so it is divided by the base.
  static func add(_ text: [UInt8], _ index: Int, to hashes: inout [NameHash]) {
    let whole = text.reduce(0) { $0 &* base &+ UInt64($1) &+ 1 }
    hashes.append(NameHash(hash: whole, index: index))
    var power: UInt64 = 1
    var behind: UInt64 = 0
    for letter in text.reversed() {
      let fromHere = behind &+ (UInt64(letter) &+ 1) &* power
      if !letter.isDigit {
        hashes.append(NameHash(hash: (whole &- fromHere) &* inverse &+ behind, index: index))
      }
      behind = fromHere
      power = power &* base
    }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
}
