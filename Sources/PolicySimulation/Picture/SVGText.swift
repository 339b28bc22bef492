/// The text of an SVG document, element by element. Lengths are whole or half pixels, so that no rounding shows in the bytes.
struct SVGText {
  private(set) var text = ""

  mutating func add(_ element: String) { text += element + "\n" }

  mutating func rectangle(_ class: String, x: Int, y: Int, width: Int, height: Int, title: String? = nil) {
    let shape = "<rect class=\"\(`class`)\" x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\""
    add(title.map { "\(shape)><title>\(Self.escaped($0))</title></rect>" } ?? "\(shape)/>")
  }

  mutating func line(_ class: String, from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    add("<path class=\"\(`class`)\" d=\"M\(start.x).5 \(start.y).5L\(end.x).5 \(end.y).5\"/>")
  }

  enum Anchor: String {
    case start, middle, end
  }

  mutating func label(_ text: String, x: Int, y: Int, class: String = "ink", anchor: Anchor = .start) {
    let place = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    add("<text class=\"\(`class`)\" x=\"\(x)\" y=\"\(y)\"\(place)>\(Self.escaped(text))</text>")
  }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension String {
  /// How wide the text is at most when it is set in 12 px, in pixels: glyphs of usual fonts are about 7 wide.
  var pixels: Int { count * 7 }

  /// As much of the text as fits into so many pixels; nothing when that is too little to be read.
  func fitting(_ pixels: Int) -> String {
    guard self.pixels > pixels else { return self }
    let room = pixels / 7 - 1
    return room >= 3 ? prefix(room) + "…" : ""
  }
}
