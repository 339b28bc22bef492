extension Problem {
  /// A limit of ``LoadLimits`` that the file exceeds at `span`.
  static func limit(_ message: String, at span: ByteSpan) -> Problem {
    Problem(.limit, message, at: span, help: "split the file, or raise the limit if the file is meant to be this large")
  }
}
