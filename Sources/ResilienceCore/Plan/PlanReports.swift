/// What a plan needs to tell of its layers: most of very many plans never tell anything, and have none.
final class PlanReports: Sendable {
  private let names: [String]
  private let locations: [String?]

  init(_ layers: [Layer]) {
    names = layers.map(\.name)
    locations = layers.map { $0.place?.text }
  }

  func name(of layer: Int) -> String { names[layer] }

  func location(of layer: Int) -> String? { locations[layer] }
}
