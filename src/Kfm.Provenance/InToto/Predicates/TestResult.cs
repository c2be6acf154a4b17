using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>The result of one run of a test suite (in-toto test-result 0.1).</summary>
public sealed record TestResult : Predicate
{
    /// <summary>The URI of the type.</summary>
    public const string TypeUri = "https://in-toto.io/attestation/test-result/v0.1";

    /// <inheritdoc/>
    public override string Type => TypeUri;

    /// <summary><c>PASSED</c>, <c>WARNED</c> or <c>FAILED</c>.</summary>
    public required string Result { get; init; }

    /// <summary>The configuration of the run.</summary>
    public required IReadOnlyList<ResourceDescriptor> Configuration { get; init; }

    /// <summary>Where the run can be seen, or null.</summary>
    public string? Url { get; init; }

    /// <summary>The names of the tests that passed, or null when nothing is said.</summary>
    public IReadOnlyList<string>? PassedTests { get; init; }

    /// <summary>The names of the tests that passed with warnings, or null when nothing is said.</summary>
    public IReadOnlyList<string>? WarnedTests { get; init; }

    /// <summary>The names of the tests that failed, or null when nothing is said.</summary>
    public IReadOnlyList<string>? FailedTests { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson() => new JsonObject { ["result"] = Result, ["configuration"] = PredicateJson.Array(Configuration, c => c.ToNode()) }
        .With("url", Url)
        .WithTexts("passedTests", PassedTests)
        .WithTexts("warnedTests", WarnedTests)
        .WithTexts("failedTests", FailedTests);

    internal static TestResult Read(JsonCursor json, StatementRules rules) => new()
    {
        Result = json.Word("result", "PASSED", "WARNED", "FAILED"),
        Configuration = [.. json.Member("configuration").Items().Select(d => StatementReader.Descriptor(d, rules))],
        Url = json.Text("url"),
        PassedTests = json.Texts("passedTests"),
        WarnedTests = json.Texts("warnedTests"),
        FailedTests = json.Texts("failedTests"),
    };
}
