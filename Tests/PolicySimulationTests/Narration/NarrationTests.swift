import PolicyLanguage
import PolicySimulation
import Testing

@Suite("A run in words")
struct NarrationTests {
  @Test("Few calls are told event by event")
  func events() throws {
    let document = try PolicyDocument.layers(
      "[{retry: r}, {breaker: b}]",
      besides: """
        breakers: {b: {failures: 2, open: 60s}}
        retries: {r: {attempts: 3, backoff: 100ms, jitter: none}}

        """)
    let run = Run(try .model(document, "fail=5ms", calls: 1))
    #expect(
      Narration(run.recording, events: run.events, phases: []).text == """
                0 ms  call 1   starts
                0 ms  call 1   attempt 1 starts
                5 ms  call 1   attempt 1 fails: other
                5 ms  call 1   retry `r` waits 100 ms
              105 ms  call 1   attempt 2 starts
              110 ms  call 1   attempt 2 fails: other
              110 ms  call 1   breaker `b`: closed → open
              110 ms  call 1   retry `r` waits 100 ms
              210 ms  call 1   turned away: breaker `b` is open, for 59.9 s more
              210 ms  call 1   ends: rejected after 2 attempts, 210 ms

        calls         1: 1 rejected
        attempts      2, 2 a call
        availability  0 %
        took          p50 210 ms, p95 210 ms, p99 210 ms, p100 210 ms
        breaker       `b`: closed 110 ms, open 100 ms

        """)
  }

  @Test("Many calls are shown as a whole, with their course")
  func course() throws {
    let document = try PolicyDocument.layers("[{breaker: b}]", besides: "breakers: {b: {failures: 2, open: 5s}}\n")
    let model = try UpstreamModel(parsing: "ok=1ms@20s,fail=1ms@10s,ok=1ms")
    let recording = Simulation(
      of: "op", in: document, .steady(SteadyLoad(calls: 600, every: 100_000_000), model)
    ).run()
    #expect(
      Narration(recording, events: [], phases: model.phases).text == """
        calls         600: 497 success, 3 failure, 100 rejected
        attempts      500, 0.833 a call
        availability  82.833 %
        took          p50 1 ms, p95 1 ms, p99 1 ms, p100 1 ms
        breaker       `b`: closed 49.701 s, half-open 2 ms, open 10.198 s

        each column is 1 s; the highest is 10 calls a second
        success       ████████████████████          ▆█████████████████████████████
        failure                           ▂    ▁
        rejected                          ▇█████████▃
        callee        aaaaaaaaaaaaaaaaaaaabbbbbbbbbbcccccccccccccccccccccccccccccc
        `b`           ····················███████████·····························
                      0                                                      1 min
                      · closed  ▒ half-open  █ open
                      a ok=1ms from 0 ms on
                      b fail=1ms from 20 s on
                      c ok=1ms from 30 s on

        """)
  }
}
