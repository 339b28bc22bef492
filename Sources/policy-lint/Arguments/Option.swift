/// One option of a command: how it is written, what it does, and what `--help` says of it.
struct Option<Settings>: Sendable {
  let name: String
  /// What stands for its value in the help; `nil` for an option without one.
  let placeholder: String?
  let help: String
  /// Changes the settings; the text is empty for an option without a value.
  let apply: @Sendable (inout Settings, String) throws(UsageError) -> Void

  init(
    _ name: String, _ placeholder: String? = nil, help: String,
    apply: @escaping @Sendable (inout Settings, String) throws(UsageError) -> Void
  ) {
    self.name = name
    self.placeholder = placeholder
    self.help = help
    self.apply = apply
  }
}

/// A command line that cannot be carried out as it is written.
struct UsageError: Error {
  let message: String
  let help: String?

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}
