internal import PolicyCompiler
internal import ResilienceCore

/// What a reload changed, and what that means for calls.
public struct ReloadReport: Sendable, Hashable, CustomStringConvertible {
  /// The elements of one section of the file, by what became of them. One that is written in a layer counts with its pipeline.
  public struct Section: Sendable, Hashable {
    public let name: String
    public let added: [String]
    public let changed: [String]
    public let removed: [String]
    public let kept: [String]
    /// Elements that go on under another name, with everything they remember: `orders (was database)`. One whose numbers
    /// changed too is among the changed as well, else it is among the kept.
    public let renamed: [String]
  }

  /// The most that a call can take, by the numbers of its pipeline: with bodies that heed their cancellation, every wait at
  /// its longest, no hint of a server and no code of a fallback.
  public struct Bounds: Sendable, Hashable, CustomStringConvertible {
    /// `nil`: nothing ends a call.
    public let time: Duration?
    /// Bodies started.
    public let attempts: UInt64
    /// In words: `at most 2.4s and 3 attempts`, `unbounded time and 1 attempt`.
    public let description: String
  }

  /// An entry under `operations` whose calls go otherwise than before; a side is `nil` where the entry is not there.
  public struct Operation: Sendable, Hashable {
    public let name: String
    public let before: Bounds?
    public let after: Bounds?
  }

  /// Counts the loads of the file: the first is 1.
  public let generation: UInt64
  /// The sections that have elements, in the order of the language.
  public let sections: [Section]
  /// The operations whose calls go otherwise than before, by name.
  public let operations: [Operation]
  /// Each `renamedFrom` of the file that has done its work and can be removed, with its place.
  public let removable: [String]

  /// One line for the load, one for each section with changes and one for each operation with other calls.
  public var description: String {
    let changes = sections.filter(\.isChanged).map(\.description)
    let head = "generation \(generation)\(changes.isEmpty ? ": nothing changed" : "")"
    return ([head] + changes + operations.map(\.description) + removable).joined(separator: "\n")
  }
}

extension ReloadReport {
  init(_ difference: GraphDifference, generation: UInt64) {
    self.generation = generation
    sections = difference.sections.map {
      Section(
        name: $0.name, added: $0.added, changed: $0.changed, removed: $0.removed, kept: $0.kept,
        renamed: $0.renamed.map { "\($0.new) (was \($0.old))" })
    }
    operations = difference.operations.map {
      Operation(name: $0.name, before: $0.before.map(Bounds.init), after: $0.after.map(Bounds.init))
    }
    removable = difference.removable.map {
      "\($0.location): `renamedFrom: \($0.rename.old)` of \($0.section).\($0.rename.new) can be removed"
    }
  }
}

extension ReloadReport.Bounds {
  init(_ bounds: CallBounds) {
    time = bounds.time.map { Duration(nanoseconds: $0) }
    attempts = bounds.attempts
    description = bounds.inWords
  }
}

extension ReloadReport.Section {
  fileprivate var isChanged: Bool {
    !added.isEmpty || !changed.isEmpty || !removed.isEmpty || !renamed.isEmpty
  }

  fileprivate var description: String {
    let parts = [("added", added), ("changed", changed), ("renamed", renamed), ("removed", removed)].filter {
      !$0.1.isEmpty
    }
    return "\(name): " + parts.map { "\($0.0) \($0.1.joined(separator: ", "))" }.joined(separator: "; ")
  }
}

extension ReloadReport.Operation {
  fileprivate var description: String {
    switch (before, after) {
    case (nil, let after?): "\(name): new, \(after)"
    case (let before?, nil): "\(name): gone, was \(before)"
    case (let before?, let after?) where before == after: "\(name): \(after), as before"
    case (let before?, let after?): "\(name): \(after), was \(before)"
    case (nil, nil): name
    }
  }
}
