extension SyntaxScene {
  /// The text behind `|` and `>`.
  func blockScalarAdvice() -> SyntaxAdvice? {
    guard failure.context == "while scanning a block scalar" else { return nil }
    return switch failure.problem {
    case "found an indentation indicator equal to 0":
      advice("the indentation behind `|` or `>` is 1 to 9", at: character(at: failure.offset), help: "leave it out")
    default:
      nil
    }
  }
}
