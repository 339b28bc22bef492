import ResilienceCore
import Testing

@testable import PolicyLanguage

@Suite("Near names")
struct NearNamesTests {
  @Test("Names are near when they are one letter apart, and only then", arguments: 1...30)
  func letters(_ seed: UInt64) {
    let names = Self.randomNames(seed)
    let near = names.indices.filter { late in
      names[..<late].contains { Self.areOneEditApart(Array($0.utf8), Array(names[late].utf8)) }
    }
    #expect(Self.reported(names) == Set(near.map { names[$0] }), "\(names)")
  }

  @Test("Separators and case count as a letter does", arguments: [("pay-out", "payout"), ("Orders", "orders")])
  func separators(_ one: String, _ other: String) { #expect(Self.reported([one, other]) == [other]) }

  @Test(
    "Digits and short words are meant",
    arguments: [("shard-1", "shard-2"), ("shard", "shard2"), ("get", "set"), ("users.get", "users.set")])
  func meant(_ one: String, _ other: String) { #expect(Self.reported([one, other]).isEmpty) }

  private static func reported(_ names: [String]) -> Set<String> {
    let file = loadAll("version: 1\ntimeouts:\n" + names.map { "  \($0): 1s\n" }.joined())
    let near = file.diagnostics.filter { $0.rule == .nearNames }
    return Set(near.compactMap { $0.path.split(separator: ".").last.map(String.init) })
  }

  /// Names of long words out of few letters, many of them near each other.
  private static func randomNames(_ seed: UInt64) -> [String] {
    let chance = Chance(seed: seed)
    var names: [String] = []
    while names.count < 12 {
      let name = String((0..<(5 + chance.next() % 3)).map { _ in chance.next() % 2 == 0 ? "a" : "b" } as [Character])
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Tries every edit: a letter changed, left out, or swapped with the next.
  private static func areOneEditApart(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    let (short, long) = one.count <= other.count ? (one, other) : (other, one)
    if short.count == long.count {
      let changed = short.indices.filter { short[$0] != long[$0] }
      if changed.count == 1 { return true }
      guard changed.count == 2, changed[1] == changed[0] + 1 else { return false }
      return short[changed[0]] == long[changed[1]] && short[changed[1]] == long[changed[0]]
    }
    return long.indices.contains { index in
      var rest = long
      rest.remove(at: index)
      return rest == short
    }
  }
}
