namespace Kfm.Conformance.Tests;

/// <summary>One case of a suite.</summary>
/// <param name="Id">The case's id as its suite's README names it; the same in every tree that holds the case.</param>
/// <param name="Check">Null when the case passes, else the reason. An exception is a failure with its type and message as the reason.</param>
public sealed record SuiteCase(string Id, Func<string?> Check);
