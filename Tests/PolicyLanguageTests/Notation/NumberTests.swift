import ResilienceCore
import Testing

@testable import PolicyLanguage

/// The rule and the fix of what is said of a text, or neither when it is a value.
private func advice<Value>(_ notation: TextNotation<Value>, _ text: String) -> (rule: String?, fix: String?) {
  do {
    _ = try notation.parse(text)
    return (nil, nil)
  } catch {
    return (error.rule.code, error.replacement)
  }
}

@Test(
  "Percentages",
  arguments: [
    ("50%", nil, nil), ("0.1%", nil, nil), ("100%", nil, nil), ("12.3456%", nil, nil),
    ("0.5", "RP205", "50%"), (".5", "RP205", "50%"), ("1/2", "RP205", "50%"), ("1", "RP205", "100%"),
    ("50", "RP205", "50%"), ("50 %", "RP205", "50%"), ("12,5%", "RP205", "12.5%"), ("half", "RP205", nil),
    ("1.23456%", "RP205", nil), ("101%", "RP206", nil), ("-5%", "RP206", nil), ("0%", "RP207", nil),
    ("0", "RP207", nil), ("-1", "RP207", nil), ("050%", "RP212", "50%"), (".inf", "RP212", nil),
  ] as [(String, String?, String?)])
func percentages(_ text: String, _ rule: String?, _ fix: String?) {
  let said = advice(TextNotation<Ratio>.ratio, text)
  #expect(said == (rule, fix))
}

@Test(
  "Rates",
  arguments: [
    ("100/s", nil, nil), ("6000/m", nil, nil), ("3/h", nil, nil),
    ("100", "RP205", nil), ("100 rps", "RP205", "100/s"), ("100rps", "RP205", "100/s"), ("100/sec", "RP205", "100/s"),
    ("100 per second", "RP205", "100/s"), ("60/min", "RP205", "60/m"), ("0.5/s", "RP205", "30/m"),
    ("1.5/s", "RP205", "90/m"), ("100/1s", "RP205", "100/s"), ("fast", "RP205", nil), ("1/d", "RP205", nil),
    ("0/s", "RP207", nil), ("-1", "RP207", nil), ("-3/s", "RP206", nil), ("99999999999999999999/s", "RP206", nil),
    ("1_000/s", "RP212", "1000/s"),
  ] as [(String, String?, String?)])
func rates(_ text: String, _ rule: String?, _ fix: String?) {
  let said = advice(TextNotation<Rate>.rate, text)
  #expect(said == (rule, fix))
}

@Test(
  "Counts",
  arguments: [
    ("3", nil, nil), ("1000000", nil, nil), ("1000001", "RP206", nil), ("-3", "RP206", nil),
    ("99999999999999999999999", "RP206", nil), ("3.0", "RP202", "3"), ("1e3", "RP202", "1000"), ("3x", "RP202", nil),
    ("three", "RP202", nil), ("true", "RP202", nil), ("0", "RP207", nil), ("-1", "RP207", nil), ("010", "RP212", "10"),
    ("0o17", "RP212", "15"), ("0x1F", "RP212", "31"), ("0b101", "RP212", "5"), ("1_000", "RP212", "1000"),
    ("1:30", "RP212", nil), ("inf", "RP212", nil),
  ] as [(String, String?, String?)])
func counts(_ text: String, _ rule: String?, _ fix: String?) {
  let said = advice(TextNotation<Int>.count, text)
  #expect(said == (rule, fix))
}

@Test(
  "Factors",
  arguments: [
    ("2", nil, nil), ("1.5", nil, nil), ("1", nil, nil), ("0.5", "RP206", nil), ("2000", "RP206", nil),
    ("2x", "RP202", "2"), ("two", "RP202", nil), ("0", "RP207", nil), ("1e400", "RP202", nil), (".nan", "RP212", nil),
    ("5.", "RP202", nil),
  ] as [(String, String?, String?)])
func factors(_ text: String, _ rule: String?, _ fix: String?) {
  let said = advice(TextNotation<Double>.factor, text)
  #expect(said == (rule, fix))
}

@Test(
  "Quantiles",
  arguments: [
    ("p50", nil, nil), ("p99.9", nil, nil), ("99", "RP205", "p99"), ("0.99", "RP205", "p99"), ("99%", "RP205", "p99"),
    ("P99", "RP205", "p99"), ("median", "RP205", nil), ("p100", "RP205", nil),
  ] as [(String, String?, String?)])
func quantiles(_ text: String, _ rule: String?, _ fix: String?) {
  let said = advice(TextNotation<Ratio>.quantile, text)
  #expect(said == (rule, fix))
}

@Test(
  "Flags",
  arguments: [
    ("true", nil, nil), ("false", nil, nil), ("yes", "RP202", "true"), ("NO", "RP202", "false"),
    ("on", "RP202", "true"),
    ("y", "RP202", "true"), ("1", "RP202", "true"), ("maybe", "RP202", nil),
  ] as [(String, String?, String?)])
func flags(_ text: String, _ rule: String?, _ fix: String?) {
  let said = advice(TextNotation<Bool>.flag, text)
  #expect(said == (rule, fix))
}

@Test(
  "HTTP statuses",
  arguments: [
    ("429", nil, nil), ("502-504", nil, nil), ("5xx", nil, nil), ("5XX", "RP202", "5xx"), ("50x", "RP202", "500-509"),
    ("500..504", "RP202", "500-504"), (">=500", "RP202", "5xx"), ("504-502", "RP206", "502-504"),
    ("700", "RP206", nil), ("6xx", "RP206", nil), ("server", "RP202", nil), ("0", "RP206", nil),
  ] as [(String, String?, String?)])
func statuses(_ text: String, _ rule: String?, _ fix: String?) {
  let said = advice(TextNotation<ClosedRange<Int>>.httpStatus, text)
  #expect(said == (rule, fix))
}

@Test(
  "Names of errors, gRPC statuses and signals",
  arguments: [
    ("errno", "ECONNREFUSED", nil, nil), ("errno", "econnrefused", "RP202", "ECONNREFUSED"),
    ("errno", "ECONREFUSED", "RP202", "ECONNREFUSED"), ("errno", "111", "RP202", "ECONNREFUSED"),
    ("errno", "WHATEVER", "RP202", nil), ("grpc", "UNAVAILABLE", nil, nil),
    ("grpc", "Unavailable", "RP202", "UNAVAILABLE"),
    ("grpc", "14", "RP202", "UNAVAILABLE"), ("grpc", "ResourceExhausted", "RP202", "RESOURCE_EXHAUSTED"),
    ("grpc", "CANCELED", "RP202", "CANCELLED"), ("grpc", "OK", "RP202", nil), ("signal", "SIGKILL", nil, nil),
    ("signal", "KILL", "RP202", "SIGKILL"), ("signal", "9", "RP202", "SIGKILL"), ("signal", "SIGBOOM", "RP202", nil),
    ("exit", "75", nil, nil), ("exit", "1-125", nil, nil), ("exit", "0", "RP206", nil), ("exit", "300", "RP206", nil),
    ("date", "2027-03-31", nil, nil), ("date", "2027-02-30", "RP206", nil), ("date", "31.3.2027", "RP202", nil),
    ("date", "2028-02-29", nil, nil),
  ] as [(String, String, String?, String?)])
func names(_ kind: String, _ text: String, _ rule: String?, _ fix: String?) {
  let said =
    switch kind {
    case "errno": advice(TextNotation<Int32>.errno, text)
    case "grpc": advice(TextNotation<String>.grpcStatus, text)
    case "signal": advice(TextNotation<Int32>.signal, text)
    case "exit": advice(TextNotation<ClosedRange<Int32>>.exitStatus, text)
    default: advice(TextNotation<CalendarDate>.date, text)
    }
  #expect(said == (rule, fix))
}
