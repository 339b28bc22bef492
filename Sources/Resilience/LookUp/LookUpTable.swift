internal import ResilienceCore

/// The operations that code looked up by a name of the file, each as it was declared, to be found again without a lock.
///
/// It only grows. What is in it stays as long as the table, so whoever can ask the table can look at what it finds. Who does not find a name here,
/// because its bytes are written differently or because it only fits a pattern, finds it under the engine's lock.
struct LookUpTable: Sendable {
  private let entries: NameTable<OperationEntry>

  init(seed: NameSeed = .random()) { entries = NameTable(seed: seed) }

  /// The entry of an operation that was declared in this way before. O(length of the name) on average.
  @inline(__always)
  func entry(of operation: String, declared declaration: Declaration.Key) -> UncountedReference<OperationEntry>? {
    entries.find(operation, tag: declaration.tag, flag: declaration.isConcurrent)
  }

  /// Lets an entry be found under its own name, as long as the table is there.
  func insert(_ entry: OperationEntry, declared declaration: Declaration.Key) {
    entries.insert(entry, under: entry.name, tag: declaration.tag, flag: declaration.isConcurrent)
  }
}

extension Declaration.Key {
  /// The type, as a word.
  @inline(__always)
  fileprivate var tag: UInt { type.map { UInt(bitPattern: $0) } ?? 0 }
}
