/// Objects by names, found without a lock and without counting. An object that is in it stays as long as the table.
///
/// A key is a name and what else tells objects under it apart: a word, and one thing that is or is not. Names are told apart by their bytes, where
/// strings are equal that only look the same: such a name can be missing here under one of its spellings.
///
/// What must hold: the table outlives every look at what it found. Whoever looks holds the table, directly or by what it is a part of. Only objects of
/// its own type are put in, so an address that is found is one of that type.
@frozen @usableFromInline package struct NameTable<Object: AnyObject & Sendable>: Sendable {
  @usableFromInline let store: NameStore

  package init(seed: NameSeed = .random()) { store = NameStore(seed: seed) }

  /// The object under a key, uncounted. O(length of the name) on average.
  @inlinable @inline(__always)
  package func find(_ name: String, tag: UInt, flag: Bool) -> UncountedReference<Object>? {
    UncountedReference(address: store.find(name, tag: tag, flag: flag))
  }

  /// Lets an object be found; the first under a key stays. Writers take turns.
  package func insert(_ object: Object, under name: String, tag: UInt, flag: Bool) {
    store.insert(object, under: name, tag: tag, flag: flag)
  }
}
