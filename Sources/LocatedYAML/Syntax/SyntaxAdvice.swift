/// A syntax error in words an author can act on, and what has to go so that the rest can be read.
struct SyntaxAdvice {
  var problem: Problem
  /// The lines that hold the error; the entry around them is left out.
  var lines: ClosedRange<Int>

  init(_ problem: Problem, lines: ClosedRange<Int>) {
    self.problem = problem
    self.lines = lines
  }
}
