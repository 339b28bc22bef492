package import PolicyLanguage

/// What changes when one graph takes the place of another.
package struct GraphDifference: Hashable, Sendable {
  /// What changes in one section of the file; elements that are written in layers count with their pipeline.
  package struct Section: Hashable, Sendable {
    package let name: String
    package internal(set) var added: [String] = []
    package internal(set) var changed: [String] = []
    package internal(set) var removed: [String] = []
    package internal(set) var kept: [String] = []
    /// Elements that go on under another name, with their live state.
    package internal(set) var renamed: [Renamed] = []
  }

  /// An element that took over the live state of one with another name.
  package struct Renamed: Hashable, Sendable {
    package let old: String
    package let new: String
  }

  /// A `renamedFrom` that has done its work: nothing of the old name was there any more.
  package struct Removable: Hashable, Sendable {
    package let section: String
    package let rename: Renamed
    package let location: Location
  }

  /// What it means for the calls of one entry under `operations`; a side is `nil` where the entry is not there.
  package struct Operation: Hashable, Sendable {
    package let name: String
    package let before: CallBounds?
    package let after: CallBounds?
  }

  /// The sections of either file, in the order of the language, those without any element left out.
  package internal(set) var sections: [Section] = []
  /// The operations whose calls go otherwise than before, by name.
  package internal(set) var operations: [Operation] = []
  /// What can be removed from the new file, in its order.
  package internal(set) var removable: [Removable] = []
}
