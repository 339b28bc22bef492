import Glibc

// Shows on loopback what policies do: services fail and recover, files are reloaded, and no call is lost.
do {
  let cameOutAsTold = try await Demo(on: .standardOutput()).run()
  exit(cameOutAsTold ? EXIT_SUCCESS : EXIT_FAILURE)
} catch {
  print("resilience-demo: \(error)")
  exit(EXIT_FAILURE)
}
