import LocatedYAML
import Testing

/// Random damage to sample files: loading always ends, and everything it says is about the file.
@Suite("Random edits")
struct RandomEditTests {
  private static let samples = [
    "version: 1\nretries:\n  a: {attempts: 3, backoff: &b {initial: 100ms}}\n  c: *x # note\nlist:\n  - \"q\\u00e9\"\n  - 'it''s'\n",
    "x-base: &x\n  k: |\n    text é\n\n  m: >-\n    folded\n    more\nops: [a, {b: [c, d]}, *x]\n? key\n: value\n",
    "a: !!str 1\r\nb:\r\n- c: 1\r\n  d: 2\r\n- e\r\n---\r\nf: \"x\r\n  y\"\r\n...\r\n",
    "\u{FEFF}größe: 日本 # ü\n\"ключ\": ['😀', \u{A0}]\n%TAG ! x\n",
  ]

  /// Pieces that matter to YAML, and bytes that matter to nobody.
  private static let pieces: [[UInt8]] =
    [
      "\t", "\n", "\r", ":", ": ", "- ", "[", "]", "{", "}", "\"", "'", "#", "&a ", "*a", "|", ">", "%", "@", "---\n",
      "...\n", "? ", "{{",
    ]
    .map { Array($0.utf8) } + [[0xFF], [0xC3], [0x00], [0xE2, 0x80, 0xA8], [0xC2, 0x85]]

  @Test("loading a damaged file neither traps nor points outside of it", arguments: 0..<40 as Range<UInt64>)
  func damaged(seed: UInt64) {
    var random = SplitMix(seed: seed)
    for round in 0..<50 {
      var bytes = Array(Self.samples[random.below(Self.samples.count)].utf8)
      for _ in 0...random.below(6) { Self.damage(&bytes, &random) }
      let document = load(bytes)
      for problem in document.problems {
        let spans = [problem.span] + problem.related.map(\.span) + (problem.fix ?? []).map(\.span)
        #expect(spans.allSatisfy { $0.end <= bytes.count }, "seed \(seed), round \(round): \(problem.message)")
      }
      if let root = document.root { #expect(Self.isInside(root, of: bytes.count), "seed \(seed), round \(round)") }
      #expect(document.comments.allSatisfy { $0.span.end <= bytes.count }, "seed \(seed), round \(round)")
      #expect(document.root != nil || !document.problems.isEmpty, "seed \(seed), round \(round)")
    }
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    let place = random.below(bytes.count + 1)
    switch random.below(3) {
    case 0: bytes.insert(contentsOf: pieces[random.below(pieces.count)], at: place)
    case 1: bytes.removeSubrange(place..<min(place + 1 + random.below(8), bytes.count))
    default: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
    }
  }

  /// Reads every text on the way, so that a wrong range would trap.
  private static func isInside(_ node: Node, of count: Int) -> Bool {
    _ = node.text
    guard node.span.start <= node.span.end, node.span.end <= count else { return false }
    return node.items.allSatisfy { isInside($0, of: count) }
      && node.entries.allSatisfy { isInside($0.key, of: count) && isInside($0.value, of: count) }
  }
}
