using System.Runtime.CompilerServices;
using System.Text;
using Kfm.Provenance.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>json.match_schema and json.verify_schema. Schemas without $schema are read as draft 7, the newest that OPA knows; no reference
/// leaves the schema and what is embedded in it.</summary>
internal static class JsonSchemas
{
    private const string MatchName = "json.match_schema";
    private const string VerifyName = "json.verify_schema";
    private static readonly SchemaOptions Options = new() { DefaultDialect = SchemaDialect.Draft7, AssertFormat = true, ClosestAlternative = true };

    private static readonly ConditionalWeakTable<RegoValue, CompiledSchema> Compiled = [];

    internal static void Register(Action<string, int, Builtin> add)
    {
        add(MatchName, 2, static (_, a) => MatchSchema(a));
        add(VerifyName, 1, static (_, a) => VerifySchema(a[0]));
    }

    private static RegoArray VerifySchema(RegoValue schema)
    {
        if (schema is not (RegoString or RegoObject))
        {
            return new RegoArray([RegoValue.False, RegoValue.Of("jsonschema: wrong type, expected string or object")]);
        }

        try
        {
            _ = Compile(schema, Text(schema));
            return new RegoArray([RegoValue.True, RegoValue.Null]);
        }
        catch (SchemaFormatException e)
        {
            return new RegoArray([RegoValue.False, RegoValue.Of("jsonschema: " + Words(e, schema))]);
        }
    }

    private static RegoArray MatchSchema(RegoValue[] a)
    {
        var document = Document(a[0]);
        CompiledSchema schema;
        try
        {
            schema = Compile(a[1], null);
        }
        catch (SchemaFormatException e)
        {
            throw BuiltinException.Failed(MatchName, Words(e, a[1]));
        }

        var result = schema.Validate(document);
        return new RegoArray([RegoValue.Of(result.IsValid), new RegoArray([.. result.Errors.SelectMany(e => SchemaErrorText.Of(e, At(a[1], e.SchemaPointer), At(a[0], e.InstancePointer)))])]);
    }

    /// <summary>A schema stands in the policy mostly, as one value for all evaluations: what was compiled is kept as long as the value is.</summary>
    private static CompiledSchema Compile(RegoValue schema, byte[]? text)
    {
        if (!Compiled.TryGetValue(schema, out var compiled))
        {
            text ??= Document(schema);
            compiled = CompiledSchema.Compile(text, Options with { Documents = EmbeddedSchemas.Of(text) });
            Compiled.AddOrUpdate(schema, compiled);
        }

        return compiled;
    }

    private static byte[] Document(RegoValue value)
    {
        var text = Text(value) ?? throw BuiltinException.Failed(MatchName, "wrong type, expected string or object");
        try
        {
            _ = RegoValue.Parse(text);
            return text;
        }
        catch (JsonFormatException)
        {
            throw BuiltinException.Failed(MatchName, "invalid JSON string");
        }
    }

    private static byte[]? Text(RegoValue value) => value switch
    {
        RegoString text => Encoding.UTF8.GetBytes(text.Text),
        RegoObject => value.ToJson(),
        _ => null,
    };

    // The one message that policies see often, in OPA's words; the others in ours.
    private static string Words(SchemaFormatException e, RegoValue schema)
    {
        if (e.Pointer.EndsWith("/type", StringComparison.Ordinal) && At(schema, e.Pointer) is RegoString type)
        {
            return $"has a primitive type that is NOT VALID -- given: /{type.Text}/ Expected valid values are:[array boolean integer number null object string]";
        }

        return e.Message;
    }

    private static RegoValue? At(RegoValue? value, string pointer)
    {
        try
        {
            value = value is RegoString text ? RegoValue.Parse(Encoding.UTF8.GetBytes(text.Text)) : value;
        }
        catch (JsonFormatException)
        {
            return null;
        }

        foreach (var part in pointer.Split('/').Skip(1))
        {
            value = value?.Get(RegoValue.Of(part)) ?? (long.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var index) ? value?.Get(RegoValue.Of(index)) : null);
        }

        return value;
    }
}
