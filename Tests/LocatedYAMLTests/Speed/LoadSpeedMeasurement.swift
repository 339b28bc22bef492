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
  var bare = Double.infinity
  var loading = Double.infinity
  var events = 0
  var problems = 0
  for _ in 0..<15 {
    bare = min(bare, processorTime { events = countEventsBare(bytes) })
    loading = min(
      loading,
      processorTime {
        let document = loadYAML(SourceText(path: "large.yaml", bytes: bytes), limits: .unlimitedSize)
        problems = document.problems.count
      })
  }
  print("file: \(bytes.count) bytes, \(events) events, \(problems) problems")
  print("bare event loop: \(bare) s, tree and checks: \(loading) s, ratio \(loading / bare)")
}

/// The processor time of this thread that `body` takes, in seconds: other work on the machine hardly disturbs it.
private func processorTime(_ body: () -> Void) -> Double {
  let start = threadTime()
  body()
  return threadTime() - start
}

private func threadTime() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
