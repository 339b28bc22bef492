import Testing

@testable import policy

@Suite struct RunArgumentsTests {
  @Test func everythingAfterTheSeparatorIsTheCommand() throws {
    let arguments = try RunArguments.parse(["users.get", "--", "curl", "--fail", "--", "-x"])
    #expect(arguments.operation == "users.get")
    #expect(arguments.command == Command("curl", ["--fail", "--", "-x"]))
    #expect(arguments.policies == "policies.yaml")
    #expect(arguments.grace == .seconds(5))
  }

  @Test func optionsStandBeforeOrBehindTheOperationAndTakeTheirValueEitherWay() throws {
    let arguments = try RunArguments.parse([
      "--policies", "a.yaml", "--environment=staging", "users.get", "--label", "tenant=acme", "--label=region=eu=1",
      "--operation", "replica=curl a b", "--handler=rules=cat x", "--grace", "250ms", "--quiet", "--", "true",
    ])
    #expect(arguments.operation == "users.get")
    #expect(arguments.policies == "a.yaml")
    #expect(arguments.environment == "staging")
    #expect(arguments.labels == ["tenant": "acme", "region": "eu=1"])
    #expect(arguments.operations == ["replica": "curl a b"])
    #expect(arguments.handlers == ["rules": "cat x"])
    #expect(arguments.grace == .milliseconds(250))
    #expect(arguments.isQuiet)
  }

  @Test(arguments: [("0s", 0), ("250us", 250_000), ("1.5s", 1_500_000_000), ("1m30s", 90_000_000_000)])
  func aGraceIsADurationAsInPolicies(text: String, nanoseconds: Int) throws {
    let arguments = try RunArguments.parse(["users.get", "--grace", text, "--", "true"])
    #expect(arguments.grace == .nanoseconds(nanoseconds))
  }

  @Test(arguments: [
    (["users.get"], "the command is missing: policy run OPERATION -- COMMAND [ARGUMENT]..."),
    (["users.get", "--"], "no command follows `--`"),
    (["users.get", "--", ""], "no command follows `--`"),
    (["--", "true"], "the operation's name is missing"),
    (["a", "b", "--", "true"], "two operations, `a` and `b`; the command goes after `--`"),
    (["a", "--quiet=yes", "--", "true"], "`--quiet` takes no value"),
    (["a", "--policies", "--", "true"], "`--policies` needs a value: --policies policies.yaml"),
    (["a", "--label", "x", "--", "true"], "`--label` wants NAME=VALUE, not `x`: --label tenant=acme"),
    (["a", "--label", "=x", "--", "true"], "`--label` wants NAME=VALUE, not `=x`: --label tenant=acme"),
    (["a", "--label", "x=1", "--label", "x=2", "--", "true"], "`--label` gives `x` twice"),
    (["a", "--grace", "5", "--", "true"], "`5` is no duration; write `--grace 5s`"),
    (
      ["a", "--grace", "99999999999999999999s", "--", "true"],
      "`99999999999999999999s` is no duration; write `--grace 5s`"
    ),
  ])
  func whatCannotBeMeantIsRefusedInWords(words: [String], message: String) {
    #expect(throws: UsageError(message)) { try RunArguments.parse(words) }
  }

  @Test func anUnknownOptionIsRefusedWithTheOnesThereAre() {
    #expect {
      try RunArguments.parse(["a", "--polices", "x", "--", "true"])
    } throws: { error in
      "\(error)".contains("unknown option `--polices`") && "\(error)".contains("--policies")
    }
  }
}
