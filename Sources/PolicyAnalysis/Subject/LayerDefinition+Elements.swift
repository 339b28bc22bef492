import PolicyLanguage
import ResilienceCore

extension LayerDefinition {
  var retry: Definition<RetryDefinition>? { if case .retry(let element) = element { element } else { nil } }
  var breaker: Definition<BreakerDefinition>? {
    if case .breaker(let element) = element { element } else { nil }
  }
  var deadline: Definition<TimeoutSettings>? { if case .deadline(let element) = element { element } else { nil } }
  var timeout: Definition<TimeoutSettings>? { if case .timeout(let element) = element { element } else { nil } }
  var hedge: Definition<HedgeDefinition>? { if case .hedge(let element) = element { element } else { nil } }
  /// Of a deadline or a timeout.
  var limit: Definition<TimeoutSettings>? { deadline ?? timeout }
}

extension Definition<OperationDefinition> {
  /// Where its layers stand: `pipelines.read`, or `operations.users.get` for layers of its own.
  var pipelinePath: String { value.pipelineName.map { "pipelines.\($0)" } ?? "operations.\(name)" }

  /// The policy path of a field of one of its layers.
  func path(of layer: LayerDefinition, _ field: String) -> String {
    let place = layer.splice.map { "pipelines.\($0.pipeline)" } ?? pipelinePath
    return "\(place)/\(layer.kind).\(field)"
  }
}
