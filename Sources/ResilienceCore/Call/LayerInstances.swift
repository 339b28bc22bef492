/// The mechanisms of the layers that choose one by a label of the call: the first in the call itself, others in a dictionary, so
/// that a pipeline with one such layer costs no allocation.
struct LayerInstances<Mechanism: AnyObject> {
  private var first: Mechanism?
  private var firstLayer = 0
  private var others: [Int: Mechanism] = [:]

  var isEmpty: Bool { first == nil && others.isEmpty }

  subscript(layer: Int) -> Mechanism? {
    get { first != nil && firstLayer == layer ? first : others[layer] }
    set {
      if first == nil || firstLayer == layer {
        first = newValue
        firstLayer = layer
        if !others.isEmpty { others[layer] = nil }
      } else {
        others[layer] = newValue
      }
    }
  }
}
