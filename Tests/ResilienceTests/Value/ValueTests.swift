import Resilience
import Testing

private enum Tier: String, Decodable, Sendable { case gold, silver }

private struct Everything: Decodable, Equatable, Sendable {
  struct Part: Decodable, Equatable, Sendable { var id: UInt8 }
  var text: String
  var flag: Bool
  var whole: Int
  var real: Double
  var list: [String]
  var map: [String: Int]
  var part: Part
  var tier: Tier
  var missing: Int?
}

/// Text or number: the first that fits.
private enum Either: Decodable, Equatable, Sendable {
  case number(Int)
  case text(String)

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let number = try? value.decode(Int.self) {
      self = .number(number)
    } else {
      self = .text(try value.decode(String.self))
    }
  }
}

private struct Point: Decodable, Equatable, Sendable {
  var x: Int
  var y: Int

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    x = try list.decode(Int.self)
    y = try list.decode(Int.self)
  }
}

@Suite("Values of a file as types of the program")
struct ValueTests {
  /// What a fallback serves that says `value`.
  private func served<Value: Sendable>(_ value: String, as type: Value.Type) throws -> Value {
    let engine = try PolicyText(
      "version: 1\noperations:\n  a: {layers: [{fallback: {value: \(value)}}, {deadline: 2s}]}\n"
    ).engine()
    return try engine.policy("a", returning: type).runBlocking { throw Refused() }
  }

  private func problem<Value: Sendable>(_ value: String, as type: Value.Type) -> PolicyProblem? {
    #expect(throws: PolicyFileError.self) { try served(value, as: type) }?.problems.first
  }

  @Test("Fields, lists, maps, enumerations and parts; what is optional may be left out")
  func everything() throws {
    let value = try served(
      #"{text: "a b", flag: true, whole: -12, real: 1.5e3, list: [x, 'y'], map: {a: 1, b: 2}, part: {id: 255}, tier: gold}"#,
      as: Everything.self)
    #expect(value.list == ["x", "y"])
    #expect(value.map == ["a": 1, "b": 2])
    #expect((value.text, value.flag, value.whole, value.real, value.part.id) == ("a b", true, -12, 1500, 255))
    #expect(value.tier == .gold)
    #expect(value.missing == nil)
  }

  @Test(
    "A text is a text whatever it looks like", arguments: ["no", "010", "1:30", "2027-03-31", "0x1F", "1e3", "true"])
  func texts(text: String) throws {
    #expect(try served(text, as: String.self) == text)
    #expect(try served("[\(text)]", as: [String].self) == [text])
  }

  @Test(
    "A number is decimal digits and nothing else",
    arguments: ["010", "0x1F", "1_000", "+1", "1.0", "1e3", "yes", "''", "[1]", "{a: 1}", "99999999999999999999"])
  func notWhole(text: String) {
    #expect(problem(text, as: Int.self)?.message.contains("a whole number") == true)
  }

  @Test("A number must fit its type", arguments: ["256", "-1"])
  func range(text: String) {
    #expect(problem(text, as: UInt8.self)?.message.contains("from 0 to 255") == true)
  }

  @Test("A fraction is a finite decimal number", arguments: ["inf", "nan", ".5", "1.", "0x1p3", "1e999", "1e"])
  func notReal(text: String) {
    #expect(problem(text, as: Double.self)?.message.contains("a number") == true)
  }

  @Test("Whole numbers are fractions too")
  func reals() throws {
    #expect(try served("[0, -1, 1.25, 2e-3]", as: [Double].self) == [0, -1, 1.25, 0.002])
  }

  @Test("A flag is true or false", arguments: ["yes", "on", "True", "1", "[true]"])
  func notFlag(text: String) {
    #expect(problem(text, as: Bool.self)?.message.contains("`true` or `false`") == true)
  }

  @Test("A wrong part is reported where it stands")
  func places() {
    let nested = problem("{name: x, age: old}", as: User.self)
    #expect(nested?.line == 3)
    #expect(nested?.column == 50)
    #expect(problem("[{name: x}, {name: [y]}]", as: [User].self)?.column == 54)
    #expect(problem("{age: 1}", as: User.self)?.message.contains("`name` is missing") == true)
    #expect(problem("{t: bronze}", as: [String: Tier].self)?.column == 39)
  }

  @Test("A key that the type has no use for is an error at the key")
  func unused() {
    let problem = problem("[{name: x, agee: 3}]", as: [User].self)
    #expect(problem?.message.contains("no use for `agee`") == true)
    #expect(problem?.column == 46)
  }

  @Test("Types that decode themselves may try one thing and then another, and lists by position")
  func own() throws {
    #expect(try served("[5, five]", as: [Either].self) == [.number(5), .text("five")])
    #expect(try served("[3, 4]", as: Point.self).y == 4)
    #expect(problem("[3]", as: Point.self)?.message.contains("only 1 items") == true)
  }
}
