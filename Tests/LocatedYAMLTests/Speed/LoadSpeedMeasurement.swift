import LocatedYAML
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Prints figures, passes always: nothing may fail because a machine is slow. Meaningful in a release build only.
@Test("a large file against libyaml's bare event loop", .enabled(if: unsafe getenv("RESILIENCE_MEASURE") != nil))
func measureLargeFile() {
  let bytes = PolicyFileGenerator.file(operations: 40_000)
  let clock = ContinuousClock()
  var bare: [Duration] = []
  var loading: [Duration] = []
  var events = 0
  var problems = 0
  for _ in 0..<9 {
    bare.append(clock.measure { events = countEventsBare(bytes) })
    loading.append(
      clock.measure {
        let document = loadYAML(SourceText(path: "large.yaml", bytes: bytes), limits: .unlimitedSize)
        problems = document.problems.count
      })
  }
  guard let least = bare.min(), let best = loading.min() else { return }
  print("file: \(bytes.count) bytes, \(events) events, \(problems) problems")
  print("bare event loop: \(least), tree: \(best), ratio \(best / least)")
}
