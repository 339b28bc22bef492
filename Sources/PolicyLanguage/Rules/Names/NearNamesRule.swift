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
    var hashes: [(hash: UInt64, index: Int)] = []
    for (index, text) in texts.enumerated() where !text.contains(UInt8(ascii: "*")) {
      for hash in Self.hashes(text) { hashes.append((hash, index)) }
    }
    hashes.sort { $0 < $1 }
    var groups: [[Int]] = []
    var current: [Int] = []
    for (position, item) in hashes.enumerated() {
      if position == 0 || hashes[position - 1].hash != item.hash {
        if current.count > 1 { groups.append(current) }
        current = []
      }
      if current.last != item.index, current.count < 64 { current.append(item.index) }
    }
    if current.count > 1 { groups.append(current) }
    return groups.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Polynomial hashes of a text, and of the text without each one of its letters.
  private static func hashes(_ text: [UInt8]) -> [UInt64] {
    let base: UInt64 = 0x9E37_79B9_7F4A_7C15
    var suffixes = [UInt64](repeating: 0, count: text.count + 1)
    var power: UInt64 = 1
    var powers = [power]
    for index in text.indices.reversed() {
      suffixes[index] = suffixes[index + 1] &+ (UInt64(text[index]) &+ 1) &* power
      power = power &* base
      powers.append(power)
    }
    var found = suffixes.first.map { [$0] } ?? []
    var prefix: UInt64 = 0
    for (index, letter) in text.enumerated() {
      let behind = text.count - 1 - index
      if !isDigit(letter) { found.append(prefix &* powers[behind] &+ suffixes[index + 1]) }
      prefix = prefix &* base &+ UInt64(letter) &+ 1
    }
    return found
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A || byte >= 0x80 }

  /// Whether two lower-case names are taken for each other.
  private static func areNear(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    if left == right { return true }
    guard EditDistance.between(left, right, atMost: 1) != nil else { return false }
    let start = zip(left, right).prefix { $0 == $1 }.count
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    let changed = [left, right].compactMap { start < $0.count ? $0[start] : nil }
    let inserted = short.count < long.count ? [long[start]] : changed
    if inserted.contains(where: isDigit) { return false }
    if inserted.contains(where: { !isLetter($0) }) { return true }
    return min(word(around: start, in: left), word(around: start, in: right)) > 3
  }

  /// The letters of the word at, or right before, a position.
  private static func word(around position: Int, in text: [UInt8]) -> Int {
    let before = text.prefix(position).reversed().prefix(while: isLetter).count
    return before + text.dropFirst(position).prefix(while: isLetter).count
  }
}
