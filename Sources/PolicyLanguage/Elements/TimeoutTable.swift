internal import ResilienceCore

enum TimeoutTable {
  static let timeout = Section(
    "timeout", "How long something may take.", TimeoutSettings(after: .zero),
    shorthands: [.value(TextNotation.duration.shape, fields: ["after"], example: "800ms")], inherits: true
  ) {
    Field("after", .duration, to: \.after, mandatory: true, "the longest time", example: "800ms")
    Field("mode", .timeoutMode, to: \.mode, "what happens to the body then", example: "observe")
  }
}

extension Notation<TimeoutSettings> {
  static var timeout: Notation { .map(TimeoutTable.timeout) }
}

extension TextNotation<TimeoutSettings.Mode> {
  static var timeoutMode: TextNotation {
    .words([
      (Word("cooperative", "the body is cancelled and waited for"), .cooperative),
      (
        Word("abandon", "the body is cancelled, the caller goes on at once, and the body counts until it ends"),
        .abandon
      ),
      (Word("observe", "nothing is cancelled: the body is told its instant, and a later end is a timeout"), .observe),
    ])
  }
}
