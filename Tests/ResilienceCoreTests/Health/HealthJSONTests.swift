import Glibc
import ResilienceCore
import Testing

@Suite("Health as JSON")
struct HealthJSONTests {
  private static let snapshot = HealthSnapshot(
    [
      HealthComponent(
        name: "database", status: .unhealthy, message: "say \"no\"\\\n\u{1}\u{7f}\u{2028}é🙂",
        details: ["b": "2", "a": "\t"], answeredAt: WallTime(milliseconds: 1_806_485_400_123),
        latency: .microseconds(12_345)),
      HealthComponent(name: "cache", status: .unknown, isCritical: false),
    ], at: WallTime(milliseconds: 1_806_485_401_000))

  @Test("C3: overall status and components with name, status, message, timestamp and latency, escaped exactly")
  func text() {
    #expect(
      Self.snapshot.json == #"{"status":"unhealthy","timestamp":"2027-03-31T09:30:01.000Z","components":["#
        + #"{"name":"cache","status":"unknown","critical":false,"message":null,"timestamp":null,"latency":null,"details":{}},"#
        + #"{"name":"database","status":"unhealthy","critical":true,"message":"say \"no\"\\\n\u0001"#
        + "\u{7f}\u{2028}é🙂"
        + #"","timestamp":"2027-03-31T09:30:00.123Z","latency":12.345,"details":{"a":"\t","b":"2"}}]}"#
    )
  }

  @Test("C3: another program reads it back", .enabled(if: unsafe access("/usr/bin/python3", X_OK) == 0))
  func python() throws {
    var template = Array("/tmp/health-XXXXXX".utf8CString)
    let file = unsafe mkstemp(&template)
    try #require(file >= 0)
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { unsafe unlink(path) }
    let bytes = Array(Self.snapshot.json.utf8)
    #expect(unsafe write(file, bytes, bytes.count) == bytes.count)
    close(file)
    let script = """
      import json, sys, datetime
      health = json.load(open(sys.argv[1], encoding='utf-8'))
      cache, database = health['components']
      assert database['message'] == 'say "no"\\\\\\n\\x01\\x7f\\u2028\\u00e9\\U0001f642', database
      assert database['latency'] == 12.345 and cache['latency'] is None
      assert database['details'] == {'a': '\\t', 'b': '2'}
      datetime.datetime.fromisoformat(database['timestamp'].replace('Z', '+00:00'))
      """
    let process = try SpawnedProcess(["python3", "-c", script, path], SpawnedProcess.Inheritance())
    var status: Int32 = -1
    #expect(unsafe waitpid(process.number, &status, 0) == process.number)
    #expect(status == 0)
  }

  @Test(
    "A wall time is written as RFC 3339 does",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (Int64.max, "9999-12-31T23:59:59.999Z"), (Int64.min, "0001-01-01T00:00:00.000Z"),
    ])
  func wallTime(milliseconds: Int64, text: String) {
    #expect(WallTime(milliseconds: milliseconds).description == text)
  }
}
