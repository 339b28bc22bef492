/// Where a document of a file begins.
struct DocumentMark {
  let start: Int
  /// Behind the `---`, or `start` where it is left out.
  let end: Int

  init(_ event: Event) {
    start = event.start
    end = event.isImplicit ? event.start : event.end
  }
}
