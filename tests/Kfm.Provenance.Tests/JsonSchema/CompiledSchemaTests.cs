using System.Text;
using Kfm.Provenance.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Provenance.Tests.JsonSchema;

public class CompiledSchemaTests
{
    private static CompiledSchema Compile(string schema, SchemaOptions? options = null) => CompiledSchema.Compile(Encoding.UTF8.GetBytes(schema), options);

    private static ValidationResult Validate(string schema, string instance, SchemaOptions? options = null) =>
        Compile(schema, options).Validate(Encoding.UTF8.GetBytes(instance));

    [Fact]
    public void Errors_name_the_value_and_the_keyword()
    {
        var result = Validate("""{"properties":{"a/b":{"items":{"type":"integer"}}},"required":["c"]}""", """{"a/b":[1,"x"]}""");
        Assert.False(result.IsValid);
        Assert.Equal(
            [("", "/required", "The member 'c' is missing."), ("/a~1b/1", "/properties/a~1b/items/type", "The value is not of type integer.")],
            result.Errors.Select(e => (e.InstancePointer, e.SchemaPointer, e.Message)));
    }

    [Theory]
    [InlineData("""{"type":"text"}""", "/type")]
    [InlineData("""{"properties":{"a":{"minLength":-1}}}""", "/properties/a/minLength")]
    [InlineData("""{"pattern":"a(?=b)"}""", "/pattern")]
    [InlineData("""{"pattern":"(a"}""", "/pattern")]
    [InlineData("""{"$ref":"https://example.org/other"}""", "/$ref")]
    [InlineData("""{"$ref":"#/$defs/missing"}""", "/$ref")]
    [InlineData("""{"$defs":{"a":{"required":"b"}}}""", "/$defs/a/required")]
    [InlineData("""{"$schema":"https://example.org/dialect"}""", "/$schema")]
    [InlineData("""[]""", "")]
    [InlineData("""{"type":"string",}""", "")]
    public void Wrong_schema_is_refused_at_its_place(string schema, string pointer)
    {
        var error = Assert.Throws<SchemaFormatException>(() => Compile(schema));
        Assert.Equal(pointer, error.Pointer);
    }

    [Fact]
    public void Unknown_keyword_is_an_annotation() => Assert.True(Validate("""{"x-kfm":{"type":1}}""", "1").IsValid);

    [Fact]
    public void Format_asserts_only_when_asked()
    {
        const string Schema = """{"format":"date"}""";
        Assert.True(Validate(Schema, "\"yesterday\"").IsValid);
        Assert.False(Validate(Schema, "\"yesterday\"", new SchemaOptions { AssertFormat = true }).IsValid);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("{")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("")]
    public void Instance_that_is_not_json_is_refused(string instance) =>
        Assert.Throws<JsonFormatException>(() => Validate("{}", instance));

    [Theory]
    [InlineData("""{"$ref":"#"}""", "1")]
    [InlineData("""{"not":{"$ref":"#"}}""", "1")]
    public void Endless_recursion_is_invalid_not_a_crash(string schema, string instance) => Assert.False(Validate(schema, instance).IsValid);

    [Fact]
    public void Too_many_steps_are_invalid_even_below_not()
    {
        var result = Validate("""{"not":{"items":{"type":"string"}}}""", "[1,2,3,4]", new SchemaOptions { MaxSteps = 3 });
        Assert.False(result.IsValid);
        Assert.Contains("more steps", result.Errors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("1e9999999")]
    public void Value_that_cannot_be_compared_is_invalid(string instance) => Assert.False(Validate("true", instance).IsValid);

    [Fact]
    public void Errors_are_capped() => Assert.Equal(3, Validate("""{"items":false}""", "[1,2,3,4,5]", new SchemaOptions { MaxErrors = 3 }).Errors.Count);

    [Theory]
    [InlineData("^\\d+$", "12", true)]
    [InlineData("^\\d+$", "١", false)]
    [InlineData("^\\d+$", "12\n", false)]
    [InlineData("^.$", "🐲", true)]
    [InlineData("^[^a]{2}$", "🐲b", true)]
    [InlineData("^[🐲-🐵]+$", "🐳", true)]
    [InlineData("^\\p{Lu}\\P{Lu}$", "Äö", true)]
    [InlineData("^\\u{1F432}*$", "🐲🐲", true)]
    [InlineData("^(?<year>a|b){2,3}?$", "ab", true)]
    [InlineData("^[\\w-]+$", "a-b_1", true)]
    public void Pattern_counts_code_points(string pattern, string text, bool matches)
    {
        var schema = "{\"pattern\":" + System.Text.Json.Nodes.JsonValue.Create(pattern).ToJsonString() + "}";
        var instance = System.Text.Json.Nodes.JsonValue.Create(text).ToJsonString();
        Assert.Equal(matches, Validate(schema, instance).IsValid);
    }

    [Theory]
    [InlineData("a{1,100000}")]
    [InlineData("(a{1,1000}){1,1000}")]
    [InlineData("\\ba")]
    [InlineData("(a)\\1")]
    [InlineData("a**")]
    [InlineData("[z-a]")]
    [InlineData("\\q")]
    public void Pattern_that_is_wrong_or_not_linear_is_refused(string pattern) => Assert.Throws<SchemaFormatException>(() =>
        Compile("{\"pattern\":" + System.Text.Json.Nodes.JsonValue.Create(pattern).ToJsonString() + "}"));

    [Theory]
    [InlineData("0.3", "0.1", true)]
    [InlineData("1e300", "1e-300", true)]
    [InlineData("0.35", "0.1", false)]
    [InlineData("12391239123912391239123912391239", "3", true)]
    public void Multiples_are_exact(string number, string divisor, bool valid) =>
        Assert.Equal(valid, Validate($$"""{"multipleOf":{{divisor}}}""", number).IsValid);

    [Fact]
    public void Registered_documents_are_found_by_uri()
    {
        var options = new SchemaOptions
        {
            Documents = new Dictionary<string, ReadOnlyMemory<byte>> { ["https://example.org/name.json"] = "{\"type\":\"string\"}"u8.ToArray() },
        };
        var error = Assert.Single(Validate("""{"$ref":"https://example.org/name.json"}""", "1", options).Errors);
        Assert.Equal("https://example.org/name.json#/type", error.SchemaPointer);
    }
}
