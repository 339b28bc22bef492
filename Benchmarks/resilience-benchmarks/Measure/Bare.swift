import CBenchmarkSupport

/// What all calls are compared with: a call that is not inlined, with nothing around it.
@inline(never) func plain(_ number: Int) throws -> Int { number &+ 3 }

/// The same, awaited.
@inline(never) func plainAsync(_ number: Int) async throws -> Int { number &+ 3 }

/// Bodies that fail.
@inline(never) func failing(_ number: Int) throws -> Int {
  if number >= 0 { throw Refused() }
  return number
}

struct Refused: Error {}

enum Bare {
  @inline(never) static func blocking(_ count: Int) throws {
    for number in 0..<count { keep(Int64(try plain(number))) }
  }

  @inline(never) static func asynchronous(_ count: Int) async throws {
    for number in 0..<count { keep(Int64(try await plainAsync(number))) }
  }
}
