using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

public sealed class AnnotationTests
{
    [Fact]
    public void The_chain_goes_from_the_rule_outward()
    {
        RegoModule[] modules =
        [
            new("a.rego", "# METADATA\n# scope: subpackages\n# organizations: [Kfm]\npackage a"),
            new("b.rego", """
                # METADATA
                # title: Package
                package a.b

                # METADATA
                # scope: document
                # description: Both rules
                # METADATA_NOT: x
                # related_resources:
                # - https://example.org
                # - ref: https://example.org/2
                #   description: Second
                p := rego.metadata.chain() if input.first

                # METADATA
                # title: Rule
                # entrypoint: false
                # authors:
                # - Ann B <ann@example.org>
                # - name: Bob
                # custom:
                #   level: 3
                p := rego.metadata.chain() if not input.first
                """.Replace("# METADATA_NOT: x\n", "", StringComparison.Ordinal)),
        ];
        var value = RegoEngine.Compile(modules).Prepare("data.a.b.p").Evaluate(RegoObject.Create([])).Value;
        Assert.Equal(
            """
            [{"annotations": {"authors": [{"email": "ann@example.org", "name": "Ann B"}, {"name": "Bob"}], "custom": {"level": 3}, "scope": "rule", "title": "Rule"}, "path": ["a", "b", "p"]}, {"annotations": {"description": "Both rules", "related_resources": [{"ref": "https://example.org"}, {"description": "Second", "ref": "https://example.org/2"}], "scope": "document"}, "path": ["a", "b", "p"]}, {"annotations": {"scope": "package", "title": "Package"}, "path": ["a", "b"]}, {"annotations": {"organizations": ["Kfm"], "scope": "subpackages"}, "path": ["a"]}]
            """.Trim(),
            value?.ToString());
    }

    [Theory]
    [InlineData("# METADATA\np := 1", 2, "expected METADATA block, found whitespace")]
    [InlineData("# METADATA\n# title: [\np := 1", 3, "yaml: line 1: did not find expected node content")]
    [InlineData("# METADATA\n# t\u0014tle: [\np := 1", 3, "yaml: control characters are not allowed")]
    [InlineData("# METADATA\n# scope: foo\np := 1", 2, "invalid annotation scope 'foo'. Use one of 'rule', 'document', 'package', or 'subpackages'")]
    [InlineData("# METADATA\n# scope: package\np := 1", 2, "annotation scope 'package' must be applied to package (have rule)")]
    [InlineData("# METADATA\n# scope: rule\n# entrypoint: true\np := 1", 2, "annotation entrypoint applied to non-document or package scope 'rule'")]
    [InlineData("# METADATA\n# authors: [{}]\np := 1", 2, "invalid author definition map[]: 'name' and/or 'email' values required in object")]
    [InlineData("# METADATA\n# schemas: [{input: foo}]\np := 1", 2, "invalid schema reference")]
    public void A_METADATA_block_that_cannot_be_read_is_an_error(string rules, int row, string message)
    {
        var error = Assert.Single(RegoRun.Errors(rules));
        Assert.Equal(("rego_parse_error", row, message), (error.Code, error.Row, error.Message));
    }

    [Fact]
    public void A_document_is_annotated_once()
    {
        var error = Assert.Single(RegoRun.Errors("# METADATA\n# scope: document\n# title: a\np := 1\n# METADATA\n# scope: document\n# title: b\np := 1"));
        Assert.Equal(("rego_type_error", "document annotation redeclared: t.rego:2"), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("# METADATA\n# schemas:\n# - input: {type: object, properties: {a: {type: string}}}\np := input.b", "6:6 undefined ref: input.b")]
    [InlineData("# METADATA\n# schemas:\n# - input: {type: object, properties: {a: {type: string}}}\np := input.a + 1", "6:6 plus: invalid argument(s)")]
    [InlineData("# METADATA\n# schemas:\n# - input: schema.pod\np := input.spec.nam", "6:6 undefined ref: input.spec.nam")]
    [InlineData("# METADATA\n# schemas:\n# - input: schema.missing\np := 1", "6:1 undefined schema: schema.missing")]
    [InlineData("# METADATA\n# schemas:\n# - input.review: {type: object, properties: {a: {type: array, items: {type: number}}}}\np := upper(input.review.a[_])", "6:6 upper: invalid argument(s)")]
    [InlineData("p := input.c", "3:6 undefined ref: input.c")]
    public void A_schema_gives_documents_their_types(string rules, string expected)
    {
        var pod = RegoRun.Json("""{"$ref": "#/definitions/pod", "definitions": {"pod": {"properties": {"spec": {"properties": {"name": {"type": "string"}, "self": {"$ref": "#/definitions/pod"}}}}}}}""");
        var input = RegoRun.Json("""{"type": "object", "properties": {"a": {"type": "string"}}}""");
        var schemas = new Dictionary<string, RegoValue>(StringComparer.Ordinal) { ["schema.pod"] = pod };
        if (rules.StartsWith('p'))
        {
            schemas["schema"] = input;
        }

        var error = Assert.Single(RegoRun.Errors("\n" + rules, new RegoOptions { Schemas = schemas }));
        Assert.Equal(expected, FormattableString.Invariant($"{error.Row}:{error.Col} {error.Message}"));
    }
}
