import PolicyLanguage
import Testing

@Test("An entry with a syntax error hides what it could define, and nothing else")
func mutedBySyntaxError() {
  let text = """
    version: 1
    breakers:
      database: {failures: 5, open: 60s
      payments: {failures: 5, open: 60 sec}
    operations:
      users.get: {layers: [{deadline: 2s}, {breaker: database}]}
      users.put: {layers: [{deadline: 2s}, {breaker: payments}]}
      users.all: {layers: [{deadline: 2s}, {breaker: absent}]}

    """
  #expect(loadAll(text).diagnostics.map(\.brief) == ["RP004:3", "RP204:4", "RP301:8"])
}

@Test("Every error of a file is found in one pass")
func allErrors() {
  let text = """
    version: 1
    breakers:
      a: {failures: 0, open: 60, halfOpen: two, colour: red}
    retries:
      b: {attempts: 3.5, backoff: {initial: 1s, factor: 0.5, max: 500}, handle: timeout, budget: nothing}
    operations:
      "x*": {layers: [{breaker: a}]}
      users.get: {layers: [{retry: b, deadline: 2s}, {timeout: }]}

    """
  #expect(
    loadAll(text).diagnostics.filter { $0.severity == .error }.map(\.brief) == [
      "RP207:3", "RP204:3", "RP202:3", "RP201:3", "RP202:5", "RP206:5", "RP204:5", "RP202:5", "RP301:5", "RP305:7",
      "RP208:8", "RP102:8",
    ])
}

@Test("Null is a value inside a fallback's value, and nowhere else")
func nullInValue() {
  let text = """
    version: 1
    operations:
      a: {layers: [{fallback: {value: {items: null, more: [~]}}}, {deadline: 2s}], owner: null}
      b: {layers: [{fallback: {value: {items: }}}, {deadline: 2s}]}

    """
  #expect(
    loadAll(text).diagnostics.map(\.description) == [
      "policies.yaml:3:87: error[RP102] the value of `owner` is null",
      "policies.yaml:4:36: error[RP102] the key `items` has no value",
    ])
}
