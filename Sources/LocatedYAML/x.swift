import CLibYAML
public func versionOfYAML() -> Int { var a: Int32 = 0, b: Int32 = 0, c: Int32 = 0; unsafe yaml_get_version(&a, &b, &c); return Int(b) }
