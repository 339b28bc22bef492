// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

func module(_ name: String, on dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(of name: String, with dependencies: [Target.Dependency] = [], excluding: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: excluding,
    swiftSettings: strict)
}

func tool(_ name: String, on dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A tool that is carried from one machine to another: `make` links it with all that it needs, the C library included.
/// It starts in less than a third of the time then. Not every distribution has libraries for that, so it has to be asked for.
func portableTool(_ name: String, on dependencies: [Target.Dependency]) -> Target {
  let isStatic = Context.environment["STATIC_PROGRAMS"] != nil
  return .executableTarget(
    name: name, dependencies: dependencies, swiftSettings: strict,
    linkerSettings: isStatic ? [.unsafeFlags(["-static-executable", "-use-ld=lld"], .when(platforms: [.linux]))] : [])
}

let package = Package(
  name: "swift-resilience",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Resilience", targets: ["Resilience"]),
    .library(name: "ResilienceTesting", targets: ["ResilienceTesting"]),
    .executable(name: "policy-lint", targets: ["policy-lint"]),
    .executable(name: "policy", targets: ["policy"]),
  ],
  targets: [
    // Ground floor first: each module imports only what stands above it here.
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    module("LocatedYAML", on: ["CLibYAML"]),
    .target(name: "CThread"),
    module("ResilienceCore", on: ["CThread"]),
    module("PolicyLanguage", on: ["LocatedYAML", "ResilienceCore"]),
    module("PolicyCompiler", on: ["PolicyLanguage", "LocatedYAML", "ResilienceCore"]),
    module("PolicySimulation", on: ["PolicyCompiler", "PolicyLanguage", "ResilienceCore"]),
    module(
      "PolicyAnalysis", on: ["LocatedYAML", "PolicyLanguage", "PolicyCompiler", "PolicySimulation", "ResilienceCore"]),
    module("Resilience", on: ["PolicyCompiler", "PolicyLanguage", "LocatedYAML", "ResilienceCore"]),
    module("ResilienceTesting", on: ["Resilience", "PolicyLanguage", "LocatedYAML", "ResilienceCore"]),
    portableTool(
      "policy-lint", on: ["LocatedYAML", "PolicyAnalysis", "PolicyLanguage", "PolicySimulation", "ResilienceCore"]),
    tool("policy", on: ["PolicyCompiler", "PolicyLanguage", "Resilience", "ResilienceCore"]),
    tool("resilience-demo", on: ["Resilience"]),
    tool("resilience-soak", on: ["Resilience", "ResilienceCore"]),

    .target(name: "CBenchmarkSupport", path: "Benchmarks/CBenchmarkSupport"),
    .executableTarget(
      name: "resilience-benchmarks",
      dependencies: [
        "CAllocationCounter", "CBenchmarkSupport", "CLibYAML", "LocatedYAML", "PolicyCompiler", "PolicyLanguage",
        "Resilience", "ResilienceCore",
      ], path: "Benchmarks/resilience-benchmarks", swiftSettings: strict),

    tests(of: "LocatedYAML", with: ["CLibYAML"]),
    tests(of: "ResilienceCore", with: ["ResilienceTesting"]),
    tests(of: "PolicyLanguage"),
    tests(of: "PolicyCompiler", with: ["ResilienceTesting"]),
    tests(
      of: "PolicySimulation", with: ["LocatedYAML", "PolicyLanguage", "PolicyCompiler", "ResilienceCore"],
      excluding: ["Scripts"]),
    tests(
      of: "PolicyAnalysis", with: ["LocatedYAML", "PolicyLanguage", "PolicySimulation", "ResilienceCore"],
      excluding: ["Fixtures"]),
    .testTarget(
      name: "PolicyLintTests", dependencies: ["policy-lint", "PolicyAnalysis", "PolicyLanguage"],
      swiftSettings: strict),
    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    tests(
      of: "Resilience", with: ["ResilienceTesting", "CAllocationCounter", "LocatedYAML"],
      excluding: ["Observe/Lines"]),
    tests(of: "ResilienceTesting", with: ["Resilience", "ResilienceCore"]),
    .testTarget(
      name: "SamplesTests",
      dependencies: ["LocatedYAML", "PolicyLanguage", "PolicyAnalysis", "Resilience", "ResilienceTesting"],
      swiftSettings: strict),
    .testTarget(
      name: "DemoTests", dependencies: ["resilience-demo", "PolicyAnalysis", "PolicyLanguage", "LocatedYAML"],
      swiftSettings: strict),
    .testTarget(
      name: "PolicyRunTests", dependencies: ["policy", "LocatedYAML", "ResilienceCore"], swiftSettings: strict),
  ]
)
