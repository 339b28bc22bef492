import Synchronization
import Testing

@testable import ResilienceCore

/// What is put in.
private final class Entry: Sendable {
  let name: String
  init(_ name: String) { self.name = name }
}

extension NameTable<Entry> {
  fileprivate func entry(of name: String) -> Entry? { find(name, tag: 0, flag: false)?.counted }
  fileprivate func insert(_ entry: Entry) { insert(entry, under: entry.name, tag: 0, flag: false) }
}

@Suite("Look-up without a lock") struct NameTableTests {

  @Test("Names of every length are found, and no other name is")
  func everyLength() {
    let table = NameTable<Entry>()
    var entries: [Entry] = []
    for length in 0...70 {
      for letter in ["a", "b", "é"] {
        let entry = Entry(String(repeating: "x", count: length) + letter)
        entries.append(entry)
        table.insert(entry)
      }
    }
    for entry in entries {
      #expect(table.entry(of: entry.name) === entry)
      #expect(table.entry(of: entry.name + "\0") == nil)
      #expect(table.entry(of: "y" + entry.name) == nil)
    }
  }

  @Test("Names that differ in one byte, wherever it is, are different names", arguments: 1...40)
  func oneByte(length: Int) {
    let table = NameTable<Entry>()
    let bytes = [UInt8](repeating: UInt8(ascii: "m"), count: length)
    let names =
      [String(decoding: bytes, as: UTF8.self)]
      + bytes.indices.map { index in
        var other = bytes
        other[index] = UInt8(ascii: "n")
        return String(decoding: other, as: UTF8.self)
      }
    for name in names.dropFirst() { table.insert(Entry(name)) }
    #expect(table.entry(of: names[0]) == nil)
    for name in names.dropFirst() { #expect(table.entry(of: name)?.name == name) }
  }

  /// A seed of zeros: a product with a word of zero is zero whatever else is in it, which makes names fall together.
  private static let zeros = NameSeed(first: 0, second: 0)

  @Test(
    "Hashes alone decide nothing: names that fall together are told apart by their bytes",
    arguments: [
      // Of at most 8 bytes: the second word is zero, and the hash the length.
      ("n", ""),
      // Of 32 bytes: the first word is that of its place, which takes the second out of the hash.
      ("\u{10}\0\0\0\0\0\0\0", String(repeating: "x", count: 16)),
    ])
  func collisions(before: String, after: String) {
    let table = NameTable<Entry>(seed: Self.zeros)
    let names = (0..<300).map { "\(before)\(after.isEmpty ? $0 : 10_000_000 + $0)\(after)" }
    for name in names { table.insert(Entry(name)) }
    for name in names { #expect(table.entry(of: name)?.name == name) }
    #expect(table.entry(of: "\(before)\(after.isEmpty ? 300 : 10_000_300)\(after)") == nil)
  }

  @Test(
    "The word and the flag of a key are as much of it as the name, also where keys fall together",
    arguments: [("users.get", NameSeed.random()), ("", zeros)])
  func keys(name: String, seed: NameSeed) {
    let table = NameTable<Entry>(seed: seed)
    let keys: [(tag: UInt, flag: Bool)] = [(0, false), (1, false), (.max, false), (1, true)]
    let entries = keys.map { _ in Entry(name) }
    for (index, key) in keys.enumerated() {
      for other in keys[index...] { #expect(table.find(name, tag: other.tag, flag: other.flag) == nil) }
      table.insert(entries[index], under: name, tag: key.tag, flag: key.flag)
    }
    for (key, entry) in zip(keys, entries) {
      #expect(table.find(name, tag: key.tag, flag: key.flag)?.counted === entry)
    }
  }

  @Test("A name that no string lends the bytes of at once is found all the same")
  func empty() {
    let table = NameTable<Entry>()
    table.insert(Entry(""))
    #expect(table.entry(of: "")?.name.isEmpty == true)
  }

  @Test("The first entry under a name stays, and goes with the table")
  func lifetime() {
    weak var first: Entry?
    weak var second: Entry?
    do {
      let table = NameTable<Entry>()
      do {
        let (one, other) = (Entry("a"), Entry("a"))
        (first, second) = (one, other)
        table.insert(one)
        table.insert(other)
      }
      #expect(table.entry(of: "a") === first)
      #expect(first != nil && second == nil)
    }
    #expect(first == nil)
  }

  @Test("Readers find what was put in before, while others are put in")
  func readersBesideAWriter() async {
    let table = NameTable<Entry>()
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
              if table.entry(of: name)?.name != name { wrong += 1 }
            }
            let unknown = names[number % names.count]
            if let found = table.entry(of: unknown), found.name != unknown { wrong += 1 }
            number += 7919
          }
          return wrong
        }
      }
      for name in names {
        table.insert(Entry(name))
        progress.inserted.wrappingAdd(1, ordering: .releasing)
      }
      for await wrong in group { #expect(wrong == 0) }
    }
  }
}

/// How many names a writer has put in.
private final class Progress: Sendable {
  let inserted = Atomic(0)
}
