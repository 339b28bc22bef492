internal import PolicyLanguage
package import ResilienceCore

extension PolicyGraph {
  /// The error classes that the document defines, in its order.
  package var classNames: [String] { document.errors.map(\.name) }

  /// What a failure of this one class, a defined one or `other`, means to the graph's mechanisms; `nil` for a class that the
  /// document does not define. O(classes).
  package func classification(ofClass name: String) -> Classification? {
    guard name != "other" else { return Classification(.other) }
    guard let index = document.errors.firstIndex(where: { $0.name == name }) else { return nil }
    let errorClass = document.errors[index].value
    return Classification(
      numbering(.defined(index)), isIgnored: !errorClass.countsForBreaker, isSafeToRepeat: errorClass.safeToRepeat)
  }
}
