namespace Kfm.Conformance.Tests;

internal sealed record SuiteFailure(string Id, string Reason);
