/// Who waits on a virtual time, and which parts of the code have a name, in the order in which they began.
struct VirtualWaits {
  private struct Named {
    let name: String
    /// The named part around it.
    let parent: UInt64?
  }

  private var waits: [UInt64: (wait: VirtualWait, scope: UInt64?)] = [:]
  private var names: [UInt64: Named] = [:]
  private var begun: UInt64 = 0

  var count: Int { waits.count }

  var all: [VirtualWait] { waits.sorted { $0.key < $1.key }.map(\.value.wait) }

  /// The named parts that have not ended, in which no wait is known and no other named part goes on.
  var silentNames: [String] {
    var explained: Set<UInt64> = []
    for (_, scope) in waits.values { explained.formUnion(path(from: scope)) }
    for named in names.values { explained.formUnion(path(from: named.parent)) }
    return names.filter { !explained.contains($0.key) }.sorted { $0.key < $1.key }.map(\.value.name)
  }

  mutating func beginName(_ name: String, in parent: NamedScope?) -> UInt64 {
    begun += 1
    names[begun] = Named(name: name, parent: parent?.number)
    return begun
  }

  mutating func endName(_ number: UInt64) { names[number] = nil }

  mutating func begin(_ purpose: WaitPurpose, by scope: NamedScope?, since: Instant, until: Instant?) -> UInt64 {
    begun += 1
    waits[begun] = (VirtualWait(who: scope?.name, purpose: purpose, since: since, until: until), scope?.number)
    return begun
  }

  mutating func end(_ number: UInt64) { waits[number] = nil }

  /// A named part and all that are around it.
  private func path(from number: UInt64?) -> [UInt64] {
    var path: [UInt64] = []
    var next = number
    while let number = next, let named = names[number] {
      path.append(number)
      next = named.parent
    }
    return path
  }
}

/// A part of the code that has a name.
struct NamedScope: Hashable, Sendable {
  /// The innermost around this code.
  @TaskLocal static var current: NamedScope?

  let number: UInt64
  let name: String
}
