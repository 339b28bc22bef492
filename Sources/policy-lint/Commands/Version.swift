import PolicyAnalysis

/// The program's own version.
let version = "0.1.0"

let thisTool = ReportingTool(name: "policy-lint", version: version)
