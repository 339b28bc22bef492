import PolicyLanguage
import LocatedYAML
let clock = ContinuousClock()
let path = CommandLine.arguments[1]
let bytes = try readFile(path, limit: 1 << 30).get()
for _ in 0..<3 {
  let t0 = clock.now
  let d = loadYAML(SourceText(path: path, bytes: bytes), limits: .unlimitedSize)
  let t1 = clock.now
  let loaded = PolicyLoader(limits: .unlimitedSize).load(path)
  let t2 = clock.now
  print("yaml", t1 - t0, "load", t2 - t1, loaded.diagnostics.count, loaded.document != nil, d.problems.count)
}
let t2 = clock.now
let all = PolicyLoader(limits: .unlimitedSize).loadAllEnvironments(path)
print("lint", clock.now - t2, all.diagnostics.count, all.diagnostics.first?.description ?? "")
