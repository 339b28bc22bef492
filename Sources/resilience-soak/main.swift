import Glibc

// Runs every mechanism under failing upstreams, reloads and cancellations on real time, and checks that nothing is left behind.
do {
  let options = try SoakOptions.parse(Array(CommandLine.arguments.dropFirst()))
  let verdict = try await Soak(options).run()
  exit(verdict.show() ? EXIT_SUCCESS : EXIT_FAILURE)
} catch let error as SoakOptions.Usage {
  tell(error.text)
  exit(error.status)
} catch {
  tell("resilience-soak: \(error)")
  exit(EXIT_FAILURE)
}
