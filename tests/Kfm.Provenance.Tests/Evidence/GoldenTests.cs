using System.Text;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.JsonSchema;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Evidence;

/// <summary>The bytes of format version 1 stay readable and the same for ever: these files may be added to, never changed.</summary>
public sealed class GoldenTests
{
    private static string Folder => RepositoryRoot.Combine("tests", "Kfm.Provenance.Tests", "Evidence", "Golden", "v1");

    public static TheoryData<string> Names => [.. Projections.All.Select(p => p.Name)];

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name.Replace('/', '_')));

    [Fact]
    public void Evidence_of_version_1_is_still_written_and_read()
    {
        var bytes = Read("evidence.json");
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(Graphs.Small().ToJson()));
        Assert.Equal(Graphs.Small().Root, EvidenceGraph.Parse(bytes).Root);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Document_of_version_1_is_still_written_and_read(string name)
    {
        var projection = Projections.All.Single(p => p.Name == name);
        var bytes = Read(name);
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(projection.Project(Graphs.Small())));
        Assert.Equal(Graphs.Small().Root, projection.Parse(bytes).Root);
    }

    [Fact]
    public void Evidence_meets_its_published_schema()
    {
        var schema = CompiledSchema.Compile(EvidenceSchema.Version1());
        Assert.True(schema.Validate(Graphs.Small().ToJson()).IsValid);
        Assert.True(schema.Validate(Graphs.SmallBuilder().ToJson()).IsValid);
        for (var seed = 0; seed < 30; seed++)
        {
            Assert.True(schema.Validate(GraphGenerator.Graph(seed).ToJson()).IsValid);
        }

        Assert.All(["\"kind\":\"guessed\"", "\"kind\":\"run\",\"x\":1", "\"kind\":\"used\""], kind => Assert.False(schema.Validate(
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Graphs.Small().ToJson()).Replace("\"kind\":\"run\"", kind, StringComparison.Ordinal))).IsValid));
    }
}
