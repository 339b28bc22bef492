/// What changes when one graph takes the place of another.
package struct GraphDifference: Hashable, Sendable {
  /// What changes in one section of the file; elements that are written in layers count with their pipeline.
  package struct Section: Hashable, Sendable {
    package let name: String
    package internal(set) var added: [String] = []
    package internal(set) var changed: [String] = []
    package internal(set) var removed: [String] = []
    package internal(set) var kept: [String] = []
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
}
