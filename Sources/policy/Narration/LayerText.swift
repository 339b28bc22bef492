import Resilience

/// A layer as people know it: by its kind and the name that it has in the file.
enum LayerText {
  static func show(_ kind: LayerKind, _ name: String) -> String {
    let word = kind == .rateLimit ? "rate limiter" : "\(kind)"
    // An element that is written in its layer is named after the layer's place, which says nothing new.
    return name.hasSuffix("/\(kind)") ? word : "\(word) `\(name)`"
  }
}
