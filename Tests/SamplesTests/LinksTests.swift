import Testing

@Suite struct LinksTests {
  @Test(arguments: Repository.pages)
  func aLinkOfAPageLeadsToAFile(page: String) throws {
    let folder = page.split(separator: "/").dropLast().joined(separator: "/")
    for part in try Repository.text(page).split(separator: "](").dropFirst() {
      let target = part.prefix { $0 != ")" && $0 != "#" }
      guard !target.isEmpty, !target.contains("://") else { continue }
      let path = folder.isEmpty ? String(target) : "\(folder)/\(target)"
      #expect(Repository.exists(path), "\(page) links to \(target)")
    }
  }
}
