/// What `policy run` was asked to do.
struct RunArguments: Hashable, Sendable {
  var operation = ""
  var policies = "policies.yaml"
  var environment: String?
  var labels: [String: String] = [:]
  /// Commands for the operations that fallbacks refer to, as lines for the shell.
  var operations: [String: String] = [:]
  /// Commands for the handlers that fallbacks refer to, as lines for the shell.
  var handlers: [String: String] = [:]
  var grace = Duration.seconds(5)
  var isQuiet = false
  var command = Command("")
}

/// A command line that cannot be meant.
struct UsageError: Error, Hashable {
  let message: String
  init(_ message: String) { self.message = message }
}
