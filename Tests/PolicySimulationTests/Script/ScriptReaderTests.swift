import PolicySimulation
import Testing

@Suite("Scripts that make no sense")
struct ScriptReaderTests {
  private static let call = #"{"at":"1s","attempts":[{"takes":"1ms","end":"ok"}]}"#

  @Test(
    "Every mistake is told with its place and its remedy",
    arguments: [
      (#"{"at":"1s","attempts":[{"takes":"1ms","end":"okay"}]}"#, 1, 45, "end with `okay`", "ok, fail or hang"),
      (#"{"at":"1s","attempt":[{"end":"ok"}]}"#, 1, 1, "lacks `attempts`", "attempts"),
      (#"{"at":"1s","attempts":[{"end":"ok"}],"label":{}}"#, 1, 38, "no `label`", "did you mean `labels`?"),
      (#"{"at":"1s","attempts":[{"end":"ok","class":"x"}]}"#, 1, 36, "no `class`", ""),
      (#"{"at":"1s","attempts":[{"end":"hang","takes":"1s"}]}"#, 1, 38, "no `takes`", ""),
      (#"{"at":500,"attempts":[{"end":"ok"}]}"#, 1, 7, "not a duration but a number", "\"500ms\""),
      (#"{"at":"5 sec","attempts":[{"end":"ok"}]}"#, 1, 7, "5 sec", "5s"),
      (#"{"at":"1s","attempts":[]}"#, 1, 23, "not a list of attempts", "takes"),
      (#"{"at":"1s","at":"2s"}"#, 1, 12, "`at` stands twice", "leave one"),
      (#"{"at":"1s","do":"reset"}"#, 1, 1, "lacks `breaker`", "database"),
      (#"{"at":"1s","do":"stop"}"#, 1, 17, "cannot do `stop`", "cancel"),
      (#"{"at":"1s","do":"cancell","call":1}"#, 1, 17, "cannot do `cancell`", "did you mean `cancel`?"),
      (#"{"at":"1s","do":"cancel","call":1}"#, 1, 33, "no call 1 above", "must begin"),
      (#"{"at":"1s","do":"cancel","call":1.5}"#, 1, 33, "not the number", "from 1"),
      (#"{"at":"1s","labels":{"tenant":1},"attempts":[{"end":"ok"}]}"#, 1, 31, "not a text but a number", ""),
      (#"{"at":null,"attempts":[{"end":"ok"}]}"#, 1, 7, "`at` is null", "leave it out"),
      (#"["at"]"#, 1, 1, "not an object but a list", ""),
      ("{'at':1}", 1, 2, "`'` stands where", ""), (#"{"at":"1s""#, 1, 1, "not closed", ""),
      (#"{"at":"1s"} x"#, 1, 13, "`x` follows", "one value a line"),
      (#"{"ät":"1s",,}"#, 1, 12, "`,` stands where", ""),
      ("\n\n" + call + "\n" + #"{"at":"0.5s","attempts":[{"end":"ok"}]}"#, 4, 7, "earlier than", "order of time"),
      ("", 1, 1, "no call", "attempts"),
      (#"{"at":"1s","attempts":[{"end":"ok"}],"x":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}"#, 1, 57, "more than 16", ""),
      (#"{"at":"\ud800","attempts":[]}"#, 1, 8, "half of a character", ""),
      (#"{"at":"\x","attempts":[]}"#, 1, 8, "no escape", ""), (#"{"at":01}"#, 1, 7, "no JSON number", ""),
    ])
  func mistakes(text: String, line: Int, column: Int, message: String, help: String) {
    do throws(ScriptProblems) {
      _ = try Script(Array(text.utf8), path: "s.jsonl")
      Issue.record("\(text) is read")
    } catch {
      let problem = error.all[0]
      #expect((problem.line, problem.column) == (line, column), "\(problem)")
      #expect(problem.message.contains(message), "\(problem)")
      #expect((problem.help ?? "").contains(help), "\(problem.help ?? "")")
      #expect(problem.description.hasPrefix("s.jsonl:\(line):\(column): "))
    }
  }

  @Test("All mistakes are told, and names that the policies do not have")
  func allOfThem() throws {
    let error = #expect(throws: ScriptProblems.self) {
      try Script(Array(#"{"at":1}"#.utf8) + Array("\nx\n".utf8) + Array(Self.call.utf8), path: "s.jsonl")
    }
    #expect(error?.all.map(\.line) == [1, 2])
    let text = """
      {"at":"1s","attempts":[{"end":"fail","class":"transiet"}]}
      {"at":"2s","do":"isolate","breaker":"databse"}

      """
    let problems = try Script(Array(text.utf8), path: "s.jsonl").problems(
      classes: ["transient"], breakers: ["database"])
    #expect(
      problems.map(\.description) == [
        "s.jsonl:1:46: there is no error class `transiet`", "s.jsonl:2:37: there is no breaker `databse`",
      ])
    #expect(problems.map(\.help) == ["did you mean `transient`?", "did you mean `database`?"])
  }

  @Test("Texts may be written with escapes, lines may end as on Windows")
  func unusual() throws {
    let text = "{\"\\u0061t\":\"1\\u0073\",\"attempts\":[{\"end\":\"fail\",\"class\":\"\\ud83d\\ude00\\n\"}]}\r\n"
    let script = try Script(Array(text.utf8), path: "s.jsonl")
    #expect(script.problems(classes: ["😀\n"], breakers: []).isEmpty)
  }

  @Test("No bytes make the reader trap", arguments: 1...20)
  func anyBytes(seed: UInt64) {
    var generator = seed
    func next(_ limit: Int) -> Int {
      generator = generator &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(generator >> 33) % limit
    }
    let sample = Array((Self.call + "\n" + Self.call + #"{"at":"\u00e4\n","do":"cancel","call":-1.5e+3}"#).utf8)
    for _ in 0..<500 {
      var bytes = sample
      for _ in 0...next(4) { bytes[next(bytes.count)] = UInt8(next(256)) }
      bytes.removeLast(next(bytes.count))
      _ = try? Script(bytes, path: "s.jsonl")
    }
  }
}
