import Glibc

// Signals are taken before there is a second thread, so that every thread leaves them to this one.
exit(CommandLineTool.main(Array(CommandLine.arguments.dropFirst())))
