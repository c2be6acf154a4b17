using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Tests.Evidence;

namespace Kfm.Provenance.Tests.InToto;

public sealed class StatementTests
{
    private const string Sha256 = "\"digest\":{\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}";

    [Fact]
    public void Statement_is_written_and_read()
    {
        var predicate = new JsonObject { ["a"] = 1 };
        var statement = new Statement([ResourceDescriptor.Of("x", Graphs.Content("x"))], "https://example.org/t", predicate);
        predicate["a"] = 2;
        var read = Statement.Parse(statement.ToJson());
        Assert.Equal(statement.ToJson(), read.ToJson());
        Assert.Equal("x", read.Subject[0].Name);
        Assert.Equal(Graphs.Content("x").Hex, read.Subject[0].Digest["sha256"]);
        Assert.Equal(1, read.Predicate["a"]!.GetValue<int>());
    }

    [Fact]
    public void Statement_without_a_subject_or_digest_is_misuse()
    {
        Assert.Throws<ArgumentException>(() => new Statement([], "t", []));
        Assert.Throws<ArgumentException>(() => new Statement([new ResourceDescriptor { Name = "x" }], "t", []));
    }

    [Theory]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v0.1\",\"subject\":[{" + Sha256 + "}],\"predicateType\":\"t\",\"predicate\":{}}", null)]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"new\":1," + Sha256 + "}],\"predicateType\":\"t\",\"predicate\":{},\"x\":1}", null)]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v2\",\"subject\":[{" + Sha256 + "}],\"predicateType\":\"t\",\"predicate\":{}}", "/_type")]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[],\"predicateType\":\"t\",\"predicate\":{}}", "/subject")]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"x\"}],\"predicateType\":\"t\",\"predicate\":{}}", "/subject/0")]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"mediaType\":\"x\"}],\"predicateType\":\"t\",\"predicate\":{}}", "/subject/0")]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\"ab\"}}],\"predicateType\":\"t\",\"predicate\":{}}", "/subject/0/digest/sha256")]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{" + Sha256 + "}],\"predicateType\":\"\",\"predicate\":{}}", "/predicateType")]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{" + Sha256 + "}],\"predicateType\":\"t\"}", "")]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{" + Sha256 + "}],\"predicateType\":\"t\",\"predicate\":[]}", "/predicate")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    public void Statement_of_anyone_is_read_or_refused_at_its_place(string text, string? pointer)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (pointer is null)
        {
            Assert.Single(Statement.Parse(bytes).Subject);
        }
        else
        {
            Assert.Equal(pointer, Assert.Throws<InTotoFormatException>(() => Statement.Parse(bytes)).Pointer);
        }
    }

    [Fact]
    public void Provenance_names_outputs_as_subjects_and_inputs_as_dependencies()
    {
        var statement = Statement.Parse(new SlsaProjection().Project(Graphs.Small()));
        Assert.Equal(SlsaProjection.PredicateType, statement.PredicateType);
        Assert.Equal(["artifacts/lib.dll"], statement.Subject.Select(s => s.Name));
        var definition = statement.Predicate["buildDefinition"]!;
        Assert.Equal(SlsaProjection.BuildType, definition["buildType"]!.GetValue<string>());
        Assert.Equal(Graphs.Trace.HeadCommit, definition["resolvedDependencies"]![0]!["digest"]!["gitCommit"]!.GetValue<string>());
        Assert.Equal(3, definition["resolvedDependencies"]!.AsArray().Count);
        var details = statement.Predicate["runDetails"]!;
        Assert.Equal("software:kfm", details["builder"]!["id"]!.GetValue<string>());
        Assert.Equal("2026-03-04T05:06:09.089Z", details["metadata"]!["startedOn"]!.GetValue<string>());
        Assert.Equal("manifest.json", details["byproducts"]![0]!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(Verdict.Allow, "PASSED")]
    [InlineData(Verdict.Review, "FAILED")]
    [InlineData(Verdict.Deny, "FAILED")]
    public void Summary_passes_only_what_is_allowed(Verdict verdict, string result)
    {
        var graph = Graphs.SmallLayer1().Extend(Graphs.GateFacts(verdict));
        var statement = Statement.Parse(new VsaProjection().Project(graph));
        Assert.Equal(result, statement.Predicate["verificationResult"]!.GetValue<string>());
        Assert.Equal(Graphs.Trace.HeadCommit, statement.Subject[0].Digest["gitCommit"]);
        Assert.Equal(Graphs.Trace.PolicySet.Hex, statement.Predicate["policy"]!["digest"]!["sha256"]!.GetValue<string>());
    }
}
