extension Double {
  /// This many digits behind the point, no more.
  func rounded(to digits: Int) -> Double {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    return (self * scale).rounded() / scale
  }

  /// For a table: more digits for small numbers.
  var short: String {
    if isInfinite { return "any" }
    if magnitude >= 100 { return grouped(Int(rounded())) }
    return "\(rounded(to: magnitude >= 10 ? 1 : 2))"
  }
}

private func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var parts: [Substring] = []
  var rest = digits[...]
  while rest.count > 3 {
    parts.append(rest.suffix(3))
    rest = rest.dropLast(3)
  }
  parts.append(rest)
  return (number < 0 ? "-" : "") + parts.reversed().joined(separator: ",")
}
