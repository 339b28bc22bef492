/// What one step changed in a breaker, in the order of the instants: at most what had come due before, and what the step itself did.
///
/// Every call has one and nearly all are empty, so an empty one is a null word: nothing is allocated, and nothing counted.
package struct BreakerChanges: Hashable, Sendable {
  private var list: [DatedChange]?

  package init() {}
  package init(_ change: DatedChange) { list = [change] }

  package mutating func append(_ change: DatedChange) { list = (list ?? []) + [change] }

  package static func + (left: BreakerChanges, right: DatedChange) -> BreakerChanges {
    var sum = left
    sum.append(right)
    return sum
  }
}

extension BreakerChanges: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { list?.count ?? 0 }
  package var isEmpty: Bool { list == nil }

  package subscript(position: Int) -> DatedChange { (list ?? [])[position] }
}
