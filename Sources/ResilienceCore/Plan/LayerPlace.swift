/// A text that layers are written in.
package protocol LayerSource: AnyObject, Sendable {
  /// `file:line` of the byte at an offset.
  func place(at offset: Int) -> String
}

/// Where a layer is written. The text of it is put together when an event needs it: few of very many plans ever tell anything.
package struct LayerPlace: Sendable {
  private let source: any LayerSource
  private let offset: UInt32

  package init(_ source: any LayerSource, offset: Int) {
    self.source = source
    self.offset = UInt32(clamping: offset)
  }

  /// `file:line`.
  var text: String { source.place(at: Int(offset)) }
}
