import ResilienceCore

@testable import PolicyLanguage

/// Writes files from the field table: every field may be there, with a value of its kind.
struct RandomFile {
  private let chance: Chance
  /// Of 1,000 keys and values so many are wrong.
  private let wrong: Int

  init(seed: UInt64, wrong: Int) {
    chance = Chance(seed: seed)
    self.wrong = wrong
  }

  private func pick(_ count: Int) -> Int { Int(chance.draw(0...UInt64(max(count, 1) - 1))) }
  private func happens(_ perThousand: Int) -> Bool { pick(1_000) < perThousand }

  func text() -> String {
    let fields = FileTable.file.facts.fields.filter { $0.availability.isWritable && $0.name != "include" }
    return fields.map { field in
      field.name == "version" ? "version: 1\n" : "\(key(field.name)): \(value(field.shape, in: field.name))\n"
    }.joined()
  }

  private func key(_ name: String) -> String {
    guard happens(wrong) else { return name }
    return ["\(name)s", name.uppercased(), "maxRetries", "x-note", "\(name.dropLast())", "open"][pick(6)]
  }

  private static let oddities = [
    "500", "0.5", "5 sec", "0", "-1", "yes", "NO", "010", "1:30", "1_000", ".inf", "{a: b}", "[1, 2]", "[]", "{}", "''",
    "none", "absent", "'~'", "[[x]]", "{extends: absent}", "5xx", "p99", "shadow", "all", "{key: tenant}",
  ]

  private func value(_ shape: Shape, in field: String) -> String {
    if happens(wrong) { return Self.oddities[pick(Self.oddities.count)] }
    switch shape {
    case .text(let text): return quoted(text.examples[pick(text.examples.count)])
    case .count(let range): return "\(range.lowerBound + pick(min(range.upperBound - range.lowerBound + 1, 50)))"
    case .number: return ["1", "1.5", "2"][pick(3)]
    case .flag: return ["true", "false"][pick(2)]
    case .words(let words): return words[pick(words.count)].text
    case .reference(let section): return "\(section.rawValue)\(pick(2))"
    case .errorClasses:
      return ["[errors0, timeout]", "[all]", "[other, errors1, rejected]"][pick(field == "except" ? 1 : 3)]
    case .list(let each):
      return "[" + (0...pick(2)).map { _ in value(each, in: field) }.joined(separator: ", ") + "]"
    case .map(let section): return map(section)
    case .named(let each, _): return named(each, in: field)
    case .either(let shapes): return value(shapes[pick(shapes.count)], in: field)
    case .anything: return ["7", "{items: [], more: {a: 1}}", "[x, [y]]"][pick(3)]
    }
  }

  private func named(_ each: Shape, in field: String) -> String {
    let names = field == "labels" ? ["tier", "kind"] : ["\(field)0", "\(field)1"]
    return "{" + names.map { "\($0): \(value(each, in: field))" }.joined(separator: ", ") + "}"
  }

  private func map(_ section: SectionFacts) -> String {
    var fields = section.fields.filter { $0.availability.isWritable && ($0.isMandatory || happens(400)) }
    if case .oneOf(let names) = section.choice {
      let writable = names.filter { section.field($0)?.availability.isWritable ?? false }
      let only = writable[pick(writable.count)]
      fields = section.fields.filter {
        $0.name == only || (fields.map(\.name).contains($0.name) && !names.contains($0.name))
      }
    }
    if case .anyOf(let names) = section.choice, !fields.contains(where: { names.contains($0.name) }) {
      fields += section.fields.filter { $0.name == names[0] }
    }
    fields.removeAll { $0.name == SectionFacts.extends && !happens(300) }
    let members = fields.map { field in
      "\(key(field.name)): \(field.name == SectionFacts.extends ? parent(of: section) : value(field.shape, in: field.name))"
    }
    return "{" + members.joined(separator: ", ") + "}"
  }

  /// Elements extend the first of their section; that one extends itself then, which is a finding.
  private func parent(of section: SectionFacts) -> String {
    SectionName.allCases.first { $0.singular == section.title }.map { "\($0.rawValue)0" } ?? "absent"
  }

  private func quoted(_ text: String) -> String { text.contains("*") ? "'\(text)'" : text }
}
