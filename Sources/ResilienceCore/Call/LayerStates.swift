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
    // No pointer and no call: either would copy all the states to read one.
    @inline(__always) get {
      switch index {
      case 0: rows.0.0
      case 1: rows.0.1
      case 2: rows.0.2
      case 3: rows.0.3
      case 4: rows.1.0
      case 5: rows.1.1
      case 6: rows.1.2
      case 7: rows.1.3
      case 8: rows.2.0
      case 9: rows.2.1
      case 10: rows.2.2
      case 11: rows.2.3
      default: preconditionFailure("a pipeline has at most \(LayerStates.capacity) layers")
      }
    }
    @inline(__always) set {
      switch index {
      case 0: rows.0.0 = newValue
      case 1: rows.0.1 = newValue
      case 2: rows.0.2 = newValue
      case 3: rows.0.3 = newValue
      case 4: rows.1.0 = newValue
      case 5: rows.1.1 = newValue
      case 6: rows.1.2 = newValue
      case 7: rows.1.3 = newValue
      case 8: rows.2.0 = newValue
      case 9: rows.2.1 = newValue
      case 10: rows.2.2 = newValue
      case 11: rows.2.3 = newValue
      default: preconditionFailure("a pipeline has at most \(LayerStates.capacity) layers")
      }
    }
  }
}
