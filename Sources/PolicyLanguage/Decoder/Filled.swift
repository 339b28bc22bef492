internal import LocatedYAML

/// What reading a map has given: the draft, and which fields stood where.
struct Filled<Draft: Sendable> {
  var draft: Draft
  /// The fields that are there, in every layer, readable or not.
  var present: FieldSet
  /// Whether a field could not be read, or is missing: checks between fields would mislead then.
  var isBroken: Bool
  let facts: SectionFacts
  let view: Layered

  func has(_ field: String) -> Bool {
    facts.position(of: field).map { present.contains($0) } ?? false
  }

  /// Whether the field is written in the topmost place itself, not inherited and not overridden.
  func isOwn(_ field: String) -> Bool { view.node.value(field) != nil }

  /// Where the field's value stands; where the whole stands when the field does not.
  func place(of field: String) -> Node { view.layer(at: [Substring(field)])?.node ?? view.node }
}

/// Positions of fields in their table, one bit each.
struct FieldSet: Sendable {
  private var bits: UInt64 = 0

  /// Whether the field at `index` is in the set; tables have fewer than 64 fields.
  func contains(_ index: Int) -> Bool { bits & mask(index) != 0 }

  /// Adds it; answers whether it was new.
  mutating func insert(_ index: Int) -> Bool {
    let isNew = !contains(index)
    bits |= mask(index)
    return isNew
  }

  /// How many fields are in both sets.
  func count(in other: FieldSet) -> Int { (bits & other.bits).nonzeroBitCount }

  private func mask(_ index: Int) -> UInt64 { index < 64 ? 1 << UInt64(index) : 0 }
}
