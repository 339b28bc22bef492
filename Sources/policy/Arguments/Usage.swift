/// The help texts.
enum Usage {
  static let short = """
    usage: policy run OPERATION [option]... -- COMMAND [ARGUMENT]...
           policy run --help

    """

  static let run = """
    usage: policy run OPERATION [option]... -- COMMAND [ARGUMENT]...

    Runs a command under the policy that a file has for OPERATION: it is timed out, tried again, turned away or
    replaced by a fallback as the file says. Its output passes through untouched; each decision is one line on
    standard error.

      --policies FILE          the policy file (default: policies.yaml)
      --environment NAME       which of the file's environments (default: $RESILIENCE_ENVIRONMENT, else none)
      --label KEY=VALUE        a label of this call, for mechanisms with a key; may be repeated
      --operation NAME=LINE    the shell's line to run when a fallback calls operation NAME; may be repeated
      --handler NAME=LINE      the shell's line to run when a fallback calls handler NAME; may be repeated
      --grace DURATION         how long a command that is told to end has until it is killed (default: 5s)
      --quiet                  no line for a decision; errors are told all the same

    Failures belong to the file's error classes by `exit`, `signal` and `posix` (a command that was not found is
    ENOENT, one that cannot be executed is EACCES or ENOEXEC). A timeout sends SIGTERM to the command's whole
    process group, and SIGKILL after the grace. SIGINT, SIGTERM, SIGHUP and SIGQUIT are forwarded to the group and
    end the call.

    Standard input goes to the first attempt. Further attempts and fallbacks read end of file at once: a command
    that must read it each time takes it from a file, as in  -- sh -c 'load < data.csv'.
    A fallback's static value is printed: text as it is, anything else as JSON.
    Breakers, budgets, bulkheads, rate limits and last good values live as long as this one run: they see its
    attempts and no other run's.

    Exit status: the command's own (128 and the signal's number when a signal ended it), or
      64  the command line makes no sense
      66  there is no policy file, or it cannot be read
      75  the policy turned the call away, or time ran out
      78  the policy file is wrong
     126  the command cannot be executed
     127  the command was not found

    """
}
