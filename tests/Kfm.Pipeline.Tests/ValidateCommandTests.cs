using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly KfmHost _host = new();

    [Theory]
    [InlineData("prov/kfm-prov-v11.json", "prov/run.jsonld")]
    [InlineData("lineage/openlineage-v1.json", "lineage/events.ndjson")]
    public async Task Documents_of_every_golden_bundle_meet_their_schema(string schema, string document)
    {
        foreach (var name in (string[])["allowed", "review", "denied"])
        {
            var result = await _host.RunAsync(
                "validate", RepositoryRoot.Combine("samples", "Kfm.Pipeline", "Init", "Files", "schemas", schema), Path.Combine(RepositoryRoot.Combine("tests", "golden", "v1"), name, document));
            Assert.True(result.ExitCode == 0, result.Output);
        }
    }

    [Theory]
    [InlineData("""{"a":1}""", "s.json", 0)]
    [InlineData("""{"a":"1"}""", "s.json", 2)]
    [InlineData("""{"a":""", "s.json", 1)]
    [InlineData("""{"a":1}""", "missing.json", 1)]
    public async Task Exit_code_says_how_it_went(string document, string schema, int code)
    {
        _host.Write("s.json", """{"properties":{"a":{"type":"integer"}}}""");
        Assert.Equal(code, (await _host.RunAsync("validate", _host.PathOf(schema), _host.Write("d.json", document))).ExitCode);
    }

    [Fact]
    public async Task Line_that_is_invalid_is_named()
    {
        _host.Write("s.json", """{"type":"integer"}""");
        var result = await _host.RunAsync("validate", _host.PathOf("s.json"), _host.Write("d.ndjson", "1\n\"two\"\n3\n"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("d.ndjson:2: ", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _host.Dispose();
}
