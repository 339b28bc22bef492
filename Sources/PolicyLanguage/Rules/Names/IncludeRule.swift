extension Rule {
  static let include = Rule(
    "RP314", "include", .error, "An included file that is missing, outside the tree, or includes its includer.",
    why: """
      Includes are files below the directory of the file that is loaded, so that a copy of the directory is the whole \
      policy, and nothing elsewhere on a machine can change what a service does.
      """,
    bad: RuleExample(
      """
      version: 1
      include: [shared/absent.yaml]

      """, line: 2),
    good: """
      version: 1

      """)
}
