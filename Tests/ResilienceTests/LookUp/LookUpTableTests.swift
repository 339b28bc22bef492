import ResilienceCore
import Synchronization
import Testing

@testable import Resilience

@Suite("Look-up without a lock") struct LookUpTableTests {
  private static let plain = Declaration.Key()

  private static func entry(_ name: String) -> OperationEntry { OperationEntry(name, nil) }

  @Test("Names of every length are found, and no other name is")
  func everyLength() {
    let table = LookUpTable()
    var entries: [OperationEntry] = []
    for length in 0...70 {
      for letter in ["a", "b", "é"] {
        let entry = Self.entry(String(repeating: "x", count: length) + letter)
        entries.append(entry)
        table.insert(entry, declared: Self.plain)
      }
    }
    for entry in entries {
      #expect(table.entry(of: entry.name, declared: Self.plain) === entry)
      #expect(table.entry(of: entry.name + "\0", declared: Self.plain) == nil)
      #expect(table.entry(of: "y" + entry.name, declared: Self.plain) == nil)
    }
  }

  @Test("Names that differ in one byte, wherever it is, are different names", arguments: 1...40)
  func oneByte(length: Int) {
    let table = LookUpTable()
    let bytes = [UInt8](repeating: UInt8(ascii: "m"), count: length)
    let names =
      [String(decoding: bytes, as: UTF8.self)]
      + bytes.indices.map { index in
        var other = bytes
        other[index] = UInt8(ascii: "n")
        return String(decoding: other, as: UTF8.self)
      }
    for name in names.dropFirst() { table.insert(Self.entry(name), declared: Self.plain) }
    #expect(table.entry(of: names[0], declared: Self.plain) == nil)
    for name in names.dropFirst() { #expect(table.entry(of: name, declared: Self.plain)?.name == name) }
  }

  @Test("Hashes alone decide nothing: names that fall together are told apart by their bytes")
  func collisions() {
    // With a seed of zeros, the products of all names of at most 16 bytes are zero, and so are their hashes.
    let table = LookUpTable(seed: NameSeed(first: 0, second: 0))
    let names = (0..<300).map { "n\($0)" }
    for name in names { table.insert(Self.entry(name), declared: Self.plain) }
    for name in names { #expect(table.entry(of: name, declared: Self.plain)?.name == name) }
    #expect(table.entry(of: "n300", declared: Self.plain) == nil)
  }

  @Test("A declaration is found as it was made, and not as another one")
  func declarations() {
    let table = LookUpTable()
    let entry = Self.entry("users.get")
    let keys = [
      Self.plain, Declaration.Key(type: Int.self), Declaration.Key(type: String.self),
      Declaration.Key(type: Int.self, isConcurrent: true),
    ]
    for (index, key) in keys.enumerated() {
      for other in keys[index...] { #expect(table.entry(of: "users.get", declared: other) == nil) }
      table.insert(entry, declared: key)
      #expect(table.entry(of: "users.get", declared: key) === entry)
    }
  }

  @Test("The first entry under a name stays, and goes with the table")
  func lifetime() {
    weak var first: OperationEntry?
    weak var second: OperationEntry?
    do {
      let table = LookUpTable()
      do {
        let (one, other) = (Self.entry("a"), Self.entry("a"))
        (first, second) = (one, other)
        table.insert(one, declared: Self.plain)
        table.insert(other, declared: Self.plain)
      }
      #expect(table.entry(of: "a", declared: Self.plain) === first)
      #expect(first != nil && second == nil)
    }
    #expect(first == nil)
  }

  @Test("Readers find what was put in before, while others are put in")
  func readersBesideAWriter() async {
    let table = LookUpTable()
    let names = (0..<5_000).map { "service\($0 % 7).operation-\($0)" }
    let progress = Progress()
    await withTaskGroup(of: Int.self) { group in
      for reader in 0..<2 {
        group.addTask {
          var wrong = 0
          var number = reader
          while progress.inserted.load(ordering: .acquiring) < names.count {
            let known = progress.inserted.load(ordering: .acquiring)
            if known > 0 {
              let name = names[number % known]
              if table.entry(of: name, declared: Self.plain)?.name != name { wrong += 1 }
            }
            let unknown = names[number % names.count]
            if let found = table.entry(of: unknown, declared: Self.plain), found.name != unknown { wrong += 1 }
            number += 7919
          }
          return wrong
        }
      }
      for name in names {
        table.insert(Self.entry(name), declared: Self.plain)
        progress.inserted.wrappingAdd(1, ordering: .releasing)
      }
      for await wrong in group { #expect(wrong == 0) }
    }
  }
}

private final class Progress: Sendable {
  let inserted = Atomic(0)
}

@Suite("Look-up by name in an engine") struct LookUpInEngineTests {
  private static let text = """
    version: 1
    operations:
      users.get: {layers: [{retry: {attempts: 2, backoff: 1ms}}]}
      tenants.*: {layers: [{retry: {attempts: 2, backoff: 1ms}}]}

    """

  private static func engine() throws -> ResilienceEngine {
    try ResilienceEngine(policiesAt: "p.yaml", on: .virtual(VirtualTime())) { _ in .success(Array(text.utf8)) }
  }

  @Test("A name of the file is in the table once it was looked up, in the way in which it was declared")
  func namesOfTheFile() throws {
    let engine = try Self.engine()
    #expect(engine.known.entry(of: "users.get", declared: Declaration.Key()) == nil)
    let policy = try engine.policy("users.get")
    #expect(engine.known.entry(of: "users.get", declared: Declaration.Key()) === policy.entry)
    #expect(engine.known.entry(of: "users.get", declared: Declaration.Key(type: Int.self)) == nil)
    #expect(try engine.policy("users.get", returning: Int.self).untyped.entry === policy.entry)
    #expect(engine.known.entry(of: "users.get", declared: Declaration.Key(type: Int.self)) === policy.entry)
    #expect(try engine.policy("users.get").entry === policy.entry)
  }

  @Test("A name that only fits a pattern is not kept for longer than its handles")
  func namesOfPatterns() throws {
    let engine = try Self.engine()
    weak var entry: OperationEntry?
    do {
      let policy = try engine.policy("tenants.a")
      entry = policy.entry
      #expect(try engine.policy("tenants.a").entry === policy.entry)
    }
    #expect(entry == nil)
    #expect(engine.known.entry(of: "tenants.a", declared: Declaration.Key()) == nil)
  }
}
