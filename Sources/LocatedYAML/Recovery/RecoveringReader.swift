/// Reads a file in as many rounds as it has syntax errors: each round leaves out the entry that stopped the last one.
///
/// libyaml stops for good at its first error. Blanking the smallest entry around it and starting again finds all of
/// them, and keeps the healthy entries. An entry is blanked at most once, and there are few rounds, so the time stays
/// linear in the size of the file.
struct RecoveringReader {
  /// How many syntax errors are looked for in one file.
  static let mostRounds = 20

  private(set) var text: WorkingText
  private(set) var problems: [Problem] = []
  /// Every event of every round: the work done.
  private(set) var eventCount = 0
  private let isASCII: Bool
  private let limits: LoadLimits

  init(_ text: WorkingText, isASCII: Bool, limits: LoadLimits) {
    self.text = text
    self.isASCII = isASCII
    self.limits = limits
  }

  /// Reads until a round ends without a syntax error; `nil` when no sound document is left.
  mutating func read() -> TreeBuilder? {
    for _ in 0..<Self.mostRounds {
      let (builder, end) = readOnce()
      switch end {
      case .wholeFile:
        return builder
      case .limit:
        problems += builder.problems
        return nil
      case .failure(let failure):
        guard leaveOut(failure, builder) else { return nil }
      }
    }
    noteGivingUp()
    return nil
  }

  private mutating func readOnce() -> (TreeBuilder, TreeBuilder.End) {
    var builder = TreeBuilder(bytes: text.bytes, limits: limits)
    var count = 0
    let end = EventReader.withEvents(of: text.bytes, isASCII: isASCII) { reader in
      let end = builder.build(from: &reader)
      count = reader.eventCount
      return end
    }
    eventCount += count
    return (builder, end)
  }

  /// Reports a failure and blanks the entry it stands in. Whether another round makes sense.
  private mutating func leaveOut(_ failure: SyntaxFailure, _ builder: TreeBuilder) -> Bool {
    let advice = SyntaxScene(text, failure, after: builder).advice()
    let lines = text.entries(on: advice.lines)
    // What is said about an entry that was left out has been said.
    let isConsequence = text.blanked.contains { $0.contains(advice.problem.span.start) }
    if !isConsequence { problems.append(advice.problem) }
    var entry: ClosedRange<Int>? = lines
    while let lines = entry {
      if text.blank(lines) { return true }
      entry = text.entry(around: lines.lowerBound)
    }
    // Nothing is left to leave out: this is then why there is no document.
    if isConsequence { problems.append(advice.problem) }
    return false
  }

  private mutating func noteGivingUp() {
    guard let last = problems.indices.last else { return }
    problems[last].notes.append("after \(Self.mostRounds) syntax errors the rest of the file is not read")
  }
}

extension WorkingText {
  /// The entries that begin on `lines`, together.
  func entries(on lines: ClosedRange<Int>) -> ClosedRange<Int> {
    lines.reduce(lines) { $0.lowerBound...max($0.upperBound, entry(at: $1).upperBound) }
  }
}
