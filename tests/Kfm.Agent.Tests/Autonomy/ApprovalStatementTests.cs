using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Provenance.Json;

namespace Kfm.Agent.Tests.Autonomy;

public sealed class ApprovalStatementTests
{
    private static readonly ApprovalStatement Good = ApprovalFixture.Statement("person:manager", "manager");

    [Fact]
    public void Statement_is_read_back() => Assert.Equal(Good, ApprovalStatement.Parse(Good.ToUtf8()));

    [Theory]
    [InlineData("/_type", "\"https://in-toto.io/Statement/v0.1\"")]
    [InlineData("/predicateType", "\"https://kfm.dev/predicates/seal/v1\"")]
    [InlineData("/subject", "[]")]
    [InlineData("/subject", "{}")]
    [InlineData("/extra", "1")]
    [InlineData("/predicate", "[]")]
    [InlineData("/predicate/formatVersion", "2")]
    [InlineData("/predicate/role", "\"owner\"")]
    [InlineData("/predicate/role", "null")]
    [InlineData("/predicate/head", "7")]
    [InlineData("/predicate/extra", "true")]
    [InlineData("/predicate/time", "\"2026-01-05T09:00:00Z\"")]
    [InlineData("/predicate/time", "\"2026-02-30T09:00:00.000Z\"")]
    public void Statement_of_another_form_is_refused(string pointer, string value)
    {
        var root = JsonNode.Parse(Good.ToUtf8())!;
        var path = pointer[1..].Split('/');
        var parent = path.Length == 1 ? root : root[path[0]]!;
        parent[path[^1]] = JsonNode.Parse(value);

        Assert.Throws<ApprovalFormatException>(() => ApprovalStatement.Parse(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(root.ToJsonString()))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"a\":1,\"a\":1}")]
    public void Text_that_is_no_statement_is_refused(string text) =>
        Assert.Throws<ApprovalFormatException>(() => ApprovalStatement.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Bytes_around_a_statement_are_refused()
    {
        Assert.Throws<ApprovalFormatException>(() => ApprovalStatement.Parse([.. Good.ToUtf8(), (byte)'\n']));
        Assert.Throws<ApprovalFormatException>(() => ApprovalStatement.Parse([(byte)' ', .. Good.ToUtf8()]));
    }
}
