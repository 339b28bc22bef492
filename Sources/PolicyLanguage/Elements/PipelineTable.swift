internal import LocatedYAML

extension Notation<[LayerDefinition]> {
  /// The most layers that a pipeline can have.
  static var mostLayers: Int { 12 }

  /// A list of layers, outermost first.
  static var layers: Notation {
    let layer = Notation<LayerDefinition>.layer
    return Notation(.list(of: layer.shape)) { layered, decoder in
      if let tuned = layered.node.value("tune") {
        decoder.reject(tuned.resolved)
        decoder.notInThisVersion("`tune` (numbers of single layers)", at: layered.node)
        return nil
      }
      let layers = decoder.list(layered, of: layer.shape, atLeastOne: false) { layer.read(Layered($0), decoder) }
      if layered.node.items.count > mostLayers, let first = layered.node.items.dropFirst(mostLayers).first {
        decoder.report(
          .outOfRange, "a pipeline has at most \(mostLayers) layers; this one has \(layered.node.items.count)",
          at: Location(first.resolved))
        return nil
      }
      layers.map { LayerOrder(layers: $0, decoder: decoder).check() }
      return layers
    }
  }
}

extension Notation<LayerDefinition> {
  static var layer: Notation {
    Notation(.map(LayerTable.layer.facts)) { layered, decoder in
      guard let filled = LayerTable.layer.read(layered, decoder), !filled.isBroken, let found = filled.draft.element
      else { return nil }
      let key = layered.node.entries.first?.key ?? layered.node
      return LayerDefinition(element: found.element, shared: found.shared, location: Location(key))
    }
  }
}
