import Glibc

extension Demo {
  /// What happens, and when.
  func play(with file: borrowing PolicyFile) async throws {
    reporter.beginScene("all three services are well")

    try await wait(until: 3)
    reporter.beginScene("catalog gets shaky: every third answer is a 503")
    try services[.search]?.become(.shaky)

    try await wait(until: 5)
    reporter.beginScene("catalog: only 503; payments: connections refused; profile: hangs")
    try services[.search]?.become(.failing)
    try services[.payments]?.become(.refusing)
    try services[.profile]?.become(.slow(.seconds(5)))

    try await wait(until: 8)
    reporter.beginScene("a policy file with mistakes is put in place; SIGHUP")
    try file.replace(with: Policies.broken)
    kill(getpid(), SIGHUP)

    try await wait(until: 10)
    reporter.beginScene("a good one, with longer open times for payments; SIGHUP")
    try file.replace(with: Policies.second)
    kill(getpid(), SIGHUP)

    try await wait(until: 12)
    reporter.beginScene("all three services are well again")
    for service in services.values { try service.become(.healthy) }
  }

  /// Waits until just after the row of a second was shown.
  private func wait(until second: Int) async throws {
    try await Task.sleep(until: start + .seconds(second) + .milliseconds(20))
  }
}
