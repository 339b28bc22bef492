internal import ResilienceCore

/// What was the matter, below the calls, on the same axis of time.
extension Picture {
  func drawPhases(y: Int, in svg: inout SVGText) {
    svg.label("the callee", x: Self.left, y: y + 12, class: "soft")
    for (index, phase) in phases.enumerated() where phase.starts < span {
      let left = x(of: phase.starts)
      let width = max(x(of: phase.ends) - left, 1)
      svg.rectangle(
        "phase\(index % 2)", x: left, y: y + 17, width: width, height: Self.bandHeight,
        title: "\(phase.text) from \(TimeText.inWords(phase.starts)) on")
      svg.label(phase.text.fitting(width - 12), x: left + 6, y: y + 31, class: "onband")
    }
  }

  func draw(_ breaker: BreakerHistory, y: Int, in svg: inout SVGText) {
    svg.label("breaker \(breaker.name)".fitting(plotWidth), x: Self.left, y: y + 12, class: "soft")
    let states = breaker.states(inParts: plotWidth, of: span)
    var start = 0
    while start < states.count {
      let end = states[start...].firstIndex { $0 != states[start] } ?? states.count
      if let state = states[start] {
        svg.rectangle(
          Palette.name(ofState: state), x: Self.left + start, y: y + 17, width: end - start, height: Self.bandHeight,
          title: state)
        let label = state.pixels > end - start - 12 ? "" : state
        if !label.isEmpty { svg.label(label, x: Self.left + start + 6, y: y + 31, class: "onband") }
      }
      start = end
    }
  }
}
