/// Writes a policy file with as many operations as wanted: the same bytes every time.
struct PolicyFileGenerator {
  /// How much the elements of a file have in common.
  enum Elements {
    /// What people write: few different retries and breakers, in very many places.
    case repeated
    /// No two deadlines, retries or breakers are written alike.
    case different
  }

  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var text: [UInt8] = []
  private let elements: Elements

  private init(_ elements: Elements) { self.elements = elements }

  /// The bytes of a file with `count` operations, about 255 bytes each.
  static func file(operations count: Int, _ elements: Elements = .repeated) -> [UInt8] {
    var generator = PolicyFileGenerator(elements)
    generator.text.reserveCapacity(count * 250)
    generator.write("version: 1\n\nerrors:\n  transient: {match: [{posix: [ECONNREFUSED]}]}\n\noperations:\n")
    for number in 0..<count { generator.writeOperation(number) }
    return generator.text
  }

  private mutating func writeOperation(_ number: Int) {
    write("  service\(number % 97).operation-\(number):  # \(word()) \(word())\n")
    write("    layers:\n")
    switch elements {
    case .repeated:
      writeLayers(
        deadline: "\(next(below: 9) + 1)s", attempts: next(below: 4) + 2, initial: "\(next(below: 900) + 100)ms",
        failures: 5)
    case .different:
      writeLayers(
        deadline: "\(number + 1)ms", attempts: next(below: 4) + 2, initial: "\(number + 100_000)us",
        failures: number + 1)
    }
    write("    target: \"\(word())-api\"\n")
  }

  private mutating func writeLayers(deadline: String, attempts: Int, initial: String, failures: Int) {
    write("      - deadline: \(deadline)\n")
    write("      - retry: {attempts: \(attempts), backoff: {initial: \(initial), ")
    write("factor: 2, max: 10s}, handle: [transient]}\n")
    write("      - breaker: {failures: \(failures), open: 60s, halfOpen: 2}\n")
  }

  private mutating func word() -> String {
    let words = ["payments", "users", "ledger", "search", "catalog", "orders", "mail", "billing"]
    return words[next(below: words.count)]
  }

  private mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  private mutating func write(_ string: String) { text.append(contentsOf: string.utf8) }
}
