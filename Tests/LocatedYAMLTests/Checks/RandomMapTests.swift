import LocatedYAML
import Testing

private typealias Comment = Testing.Comment

/// Random maps and lists, of which is known what is wrong with them: nothing is cleared that a closer look would find.
@Suite("Random maps")
struct RandomMapTests {
  @Test("every repeated key, empty value, boolean word and merge key is found", arguments: 0..<40 as Range<UInt64>)
  func found(seed: UInt64) {
    var random = SplitMix(seed: seed)
    for _ in 0..<50 {
      let map = RandomMap(&random)
      let document = load(map.text)
      let context: Comment = "seed \(seed): \(map.text)"
      #expect(document.places(.duplicateKey).count == map.repetitions, context)
      #expect(document.places(.emptyValue).count == map.count { ["null", "~", "[c, ~]"].contains($0.value) }, context)
      #expect(document.places(.mergeKey).count == map.count { $0.key == "<<" }, context)
      #expect(document.places(.booleanLookingKey).count == map.count { ["on", "no"].contains($0.key) }, context)
    }
  }
}

/// Up to 18 entries, some of them wrong.
private struct RandomMap {
  typealias Entry = (key: String, value: String)

  private static let keys = [
    "alpha", "alphb", "a", "'a'", "on", "<<", "no", "nob", "key-1", "key-2", "\"k\"", "k", "x",
  ]
  private static let values = ["1", "null", "~", "nul", "none", "''", "b", "10s", "[c, ~]"]

  private let entries: [Entry]
  let text: String

  init(_ random: inout SplitMix) {
    var entries: [Entry] = []
    for _ in 0...random.below(18) {
      entries.append((Self.keys[random.below(Self.keys.count)], Self.values[random.below(Self.values.count)]))
    }
    self.entries = entries
    let lines = entries.map { "\($0.key): \($0.value)" }
    text =
      random.below(2) == 0 ? "m: {\(lines.joined(separator: ", "))}\n" : "m:\n  \(lines.joined(separator: "\n  "))\n"
  }

  func count(where isWrong: (Entry) -> Bool) -> Int { entries.count(where: isWrong) }

  /// Keys that an entry before has. A merge key is a mistake by itself each time, and no repetition.
  var repetitions: Int {
    let keys = entries.map { $0.key.filter { $0 != "'" && $0 != "\"" } }.filter { $0 != "<<" }
    return keys.count - Set(keys).count
  }
}
