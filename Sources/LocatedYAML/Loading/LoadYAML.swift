/// Reads `source` as one YAML document that is a map, and finds everything wrong with it on the way.
///
/// Whatever the bytes are, loading ends and never traps; time and memory are linear in the file's size.
public func loadYAML(_ source: SourceText, limits: LoadLimits = .standard) -> LocatedDocument {
  var loading = Loading(source, limits: limits)
  return loading.run()
}
