/// What one layer remembers of one call: three words whose meaning is the layer's own.
package struct LayerState {
  package var first: UInt64 = 0
  package var second: UInt64 = 0
  package var third: UInt64 = 0

  package init(first: UInt64 = 0, second: UInt64 = 0, third: UInt64 = 0) {
    self.first = first
    self.second = second
    self.third = third
  }
}

/// The states of all layers of one call, inside the call itself: no allocation, whatever the pipeline.
package struct LayerStates {
  package static let capacity = 12
  private typealias Row = (LayerState, LayerState, LayerState, LayerState)

  private var rows: (Row, Row, Row) = (
    (LayerState(), LayerState(), LayerState(), LayerState()),
    (LayerState(), LayerState(), LayerState(), LayerState()),
    (LayerState(), LayerState(), LayerState(), LayerState())
  )

  package init() {}

  /// The state of a layer; `index` is below ``capacity``.
  package subscript(index: Int) -> LayerState {
    get {
      precondition(index >= 0 && index < LayerStates.capacity)
      return unsafe withUnsafeBytes(of: rows) { bytes in
        unsafe bytes.load(fromByteOffset: index * MemoryLayout<LayerState>.stride, as: LayerState.self)
      }
    }
    set {
      precondition(index >= 0 && index < LayerStates.capacity)
      unsafe withUnsafeMutableBytes(of: &rows) { bytes in
        unsafe bytes.storeBytes(
          of: newValue, toByteOffset: index * MemoryLayout<LayerState>.stride, as: LayerState.self)
      }
    }
  }
}
