ignoreBrokenPipes()
exitProcess(runCommandLine(Array(CommandLine.arguments.dropFirst())))
