/// The fields that events have, besides the one that is named after the kind of layer.
package enum EventFieldName: String, CaseIterable, Sendable {
  case operation
  case attempt
  case maximumAttempts = "max_attempts"
  case backoff = "backoff_ms"
  case classes
  case reason
  case asked = "asked_ms"
  case obeyed = "obeyed_ms"
  case remaining = "remaining_ms"
  case budget
  case retryAfter = "retry_after_ms"
  case inUse = "in_use"
  case limit
  case queued
  case interval = "interval_ms"
  case burst
  case timeLimit = "limit_ms"
  case elapsed = "elapsed_ms"
  case leg
  case after = "after_ms"
  case effect
  case kind
  case age = "age_ms"
  case from
  case to
  case failures
  case calls
  case slow
  case threshold
  case openTime = "open_ms"
  case share
  case step
  case steps
  case decision
  case status
  case was
  case latency = "latency_ms"
  case inARow = "in_a_row"
  case message
  case checks
  case recoveries
  case condition
  case heldFor = "held_ms"
  case took = "took_ms"
  case attempts
  case cleared
  case label
  case file
  case summary
  case dropped
  case generation
  case source

  /// What it says, for people who read a log.
  package var meaning: String {
    switch self {
    case .operation: "the operation that was called"
    case .attempt: "the attempt, counted from 1"
    case .maximumAttempts: "the attempts that the retry allows"
    case .backoff: "the wait before the attempt"
    case .classes: "the classes of the failure"
    case .reason: "why, in a word"
    case .asked: "how long the server asked to wait"
    case .obeyed: "how long a server's wish is obeyed"
    case .remaining: "what was left until the deadline"
    case .budget: "the budget that is spent"
    case .retryAfter: "when the layer would let a call through"
    case .inUse: "calls that hold a place"
    case .limit: "places"
    case .queued: "calls that wait for a place"
    case .interval: "between two slots at the even rate"
    case .burst: "calls that are let through at once after a quiet time"
    case .timeLimit: "the limit that passed"
    case .elapsed: "how long it was since the layer was entered"
    case .leg: "the hedge, counted from 1"
    case .after: "how long after the first call it was started"
    case .effect: "what chaos does: `fail`, `delay` or `value`"
    case .kind: "what stood in: `value`, `handler`, `operation`, `lastGood`, or `call` for the closure at the call"
    case .age: "how old the kept value was"
    case .from: "the state, or number, before"
    case .to: "the state, or number, from now on"
    case .failures: "failures: in a row, or in the window"
    case .calls: "calls in the window"
    case .slow: "slow calls in the window"
    case .threshold: "the number, or share, at which the breaker opens"
    case .share: "the share of the calls that is let through"
    case .step: "the step of the ramp, counted from 1"
    case .steps: "the steps of the ramp"
    case .decision: "what would have been decided"
    case .openTime: "how long the breaker stays open"
    case .status: "how it is now"
    case .was: "how it was before"
    case .latency: "how long the check's answer took"
    case .inARow: "answers of this kind, one after the other"
    case .message: "what the check says"
    case .checks: "health checks that nobody asks"
    case .recoveries: "recoveries that nobody runs"
    case .condition: "what makes the recovery start"
    case .heldFor: "how long the condition has held"
    case .took: "from the first attempt to the end"
    case .attempts: "attempts that were made"
    case .cleared: "`by-itself` when the condition cleared before an attempt had helped, else `verified`"
    case .label: "the label that is missing"
    case .file: "the policy file"
    case .summary: "what changed"
    case .dropped: "events that were lost"
    case .generation: "which load of the file decided; the first is 1"
    case .source: "file and line of the layer"
    }
  }
}
