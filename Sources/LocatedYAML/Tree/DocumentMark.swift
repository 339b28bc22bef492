/// Where a document of a file begins.
struct DocumentMark {
  let start: Int
  /// Behind the `---`, or `start` where it is left out.
  let end: Int
  /// The node that is its root.
  let root: UInt32

  init(_ event: Event, root: UInt32) {
    start = event.start
    end = event.isImplicit ? event.start : event.end
    self.root = root
  }
}
