using Kfm.Provenance.Digests;

namespace Kfm.Agent.Codegen.Commands;

/// <summary>What is recorded of a command-line agent: what ran, never what it was told or printed.</summary>
/// <param name="Tool">The name of the program without its folder.</param>
/// <param name="Version">What it prints as its version, in one clean line; null when it was not asked or gave none.</param>
/// <param name="Digest">The SHA-256 of the command line as canonical JSON, with secrets replaced.</param>
/// <param name="Isolation">What kept it away from the machine: <c>bubblewrap</c> or <c>namespaces</c>.</param>
/// <param name="Network">Whether it had a network.</param>
public sealed record CommandFacts(string Tool, string? Version, Digest Digest, string Isolation, bool Network);
