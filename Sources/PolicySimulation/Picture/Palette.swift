/// The colours of a picture, on light ground and on dark.
///
/// Those of outcomes are of the palette that M. Okabe and K. Ito chose to be told apart by everybody ("Color Universal Design", 2008).
enum Palette {
  static let style = """
    .ground{fill:#ffffff}.ink{fill:#1f2328}.soft{fill:#59636e}.grid{stroke:#d1d9e0;stroke-width:1;fill:none}
    .axis{stroke:#818b98;stroke-width:1;fill:none}.onband{fill:#1f2328}
    .success{fill:#009e73}.fallback{fill:#56b4e9}.failure{fill:#d55e00}.timeout{fill:#e69f00}.rejected{fill:#cc79a7}.cancelled{fill:#8c959f}
    .closed{fill:#a6dcc9}.ramping{fill:#d7e8a8}.half-open{fill:#f6e27a}.open{fill:#f0a58f}.forced-open{fill:#e58a8a}.isolated{fill:#b8bfc7}.disabled,.shadow{fill:#dfe3e8}
    .phase0{fill:#dfe7f1}.phase1{fill:#c3d3e6}
    text{font-family:-apple-system,"Segoe UI","Helvetica Neue",Arial,"DejaVu Sans",sans-serif;font-size:12px}
    .title{font-size:16px;font-weight:600}
    @media (prefers-color-scheme:dark){
    .ground{fill:#0d1117}.ink{fill:#f0f6fc}.soft{fill:#9198a1}.grid{stroke:#2f353d}.axis{stroke:#656c76}.onband{fill:#f0f6fc}
    .success{fill:#12a67c}.cancelled{fill:#767e88}
    .closed{fill:#14513f}.ramping{fill:#4c5b1b}.half-open{fill:#9c8317}.open{fill:#8a3a1c}.forced-open{fill:#8a2a2a}.isolated{fill:#4a5058}.disabled,.shadow{fill:#30363d}
    .phase0{fill:#1d2733}.phase1{fill:#2c3b4e}
    }
    """

  static func name(ofState state: String) -> String { BreakerHistory.states.contains(state) ? state : "disabled" }
}
