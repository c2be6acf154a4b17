namespace Kfm.Gates.Tests.Rego;

public sealed class SchemaErrorTests
{
    private const string Alternatives = "{\"anyOf\": [{\"type\": \"object\", \"properties\": {\"value\": {\"type\": \"string\"}}, \"required\": [\"value\"], \"additionalProperties\": false}, {\"type\": \"string\"}]}";

    [Theory]
    [InlineData("{\"a\": {\"value\": 1}}", "[\"a: Must validate at least one schema (anyOf)\", \"a.value: Invalid type. Expected: string, given: integer\"]")]
    [InlineData("{\"a\": {}}", "[\"a: Must validate at least one schema (anyOf)\", \"a: value is required\"]")]
    [InlineData("{\"a\": [1]}", "[\"a: Must validate at least one schema (anyOf)\", \"a: Invalid type. Expected: object, given: array\"]")]
    [InlineData("{\"a\": {\"value\": \"x\"}, \"b\": 1}", "[\"b: Must be greater than or equal to 2\", \"b: Must validate all the schemas (allOf)\"]")]
    [InlineData("{\"a\": \"x\"}", "[]")]
    public void Errors_are_those_of_the_closest_alternative(string document, string expected) =>
        Assert.Equal(expected, RegoRun.Eval($"p := [e.error | some e in json.match_schema({document}, {{\"properties\": {{\"a\": {Alternatives}, \"b\": {{\"allOf\": [{{\"minimum\": 2}}]}}}}}})[1]]"));

    [Fact]
    public void Wrong_type_hides_what_else_is_wrong_with_a_value() =>
        Assert.Equal("[\"a: Invalid type. Expected: string, given: integer\"]", RegoRun.Eval("p := [e.error | some e in json.match_schema({\"a\": 1}, {\"properties\": {\"a\": {\"type\": \"string\", \"enum\": [\"x\"]}}})[1]]"));

    [Fact]
    public void Schema_below_an_unknown_member_is_found_by_its_identifier()
    {
        const string schema = "{\"$id\": \"http://x.example/a.json\", \"properties\": {\"a\": {\"$ref\": \"b.json\"}}, \"$def\": {\"b\": {\"$id\": \"http://x.example/b.json\", \"type\": \"string\"}}}";
        Assert.Equal("[false, true]", RegoRun.Eval($"p := [json.match_schema({{\"a\": 1}}, {schema})[0], json.match_schema({{\"a\": \"x\"}}, {schema})[0]]"));
    }

    [Fact]
    public void Schema_that_is_an_array_is_none() =>
        Assert.Equal("[false, \"jsonschema: wrong type, expected string or object\"]", RegoRun.Eval("p := json.verify_schema(input)", input: "[1]"));
}
