using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>A JSON Schema, ready to validate. Immutable: one schema may be used by any number of threads.</summary>
/// <remarks>
/// Drafts 2020-12, 2019-09, 7, 6 and 4. The subset is closed: a keyword of the dialect with a value that Kfm does not support (for
/// example a pattern with lookahead) is a <see cref="SchemaFormatException"/>; keywords that no dialect knows are annotations, as
/// JSON Schema Core, section 6.5, says. Nothing is fetched.
/// </remarks>
public sealed class CompiledSchema
{
    private readonly SchemaNode _root;
    private readonly SchemaOptions _options;
    private readonly bool _tracksEvaluated;

    private CompiledSchema(SchemaNode root, SchemaOptions options, bool tracksEvaluated)
    {
        _root = root;
        _options = options;
        _tracksEvaluated = tracksEvaluated;
    }

    /// <summary>Compiles a schema.</summary>
    /// <param name="utf8">The schema document in UTF-8.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <exception cref="SchemaFormatException">The document is not a schema of its dialect, or uses what is not supported.</exception>
    public static CompiledSchema Compile(ReadOnlySpan<byte> utf8, SchemaOptions? options = null)
    {
        options ??= new SchemaOptions();
        var registry = new SchemaRegistry(options);
        var root = registry.AddRoot(utf8);
        var compiler = new SchemaCompiler(registry);
        var node = compiler.CompileRoot(root);
        return new CompiledSchema(node, options, compiler.TracksEvaluated);
    }

    /// <summary>Validates a value.</summary>
    /// <param name="instance">The value.</param>
    public ValidationResult Validate(JsonElement instance)
    {
        var run = new ValidationRun(_options, _tracksEvaluated);
        return run.Validate(_root, instance);
    }

    /// <summary>Validates a JSON text.</summary>
    /// <param name="utf8">One JSON value in UTF-8, without duplicate member names.</param>
    /// <exception cref="JsonFormatException">The text is not JSON, or is nested deeper than <see cref="SchemaOptions.MaxDepth"/>.</exception>
    public ValidationResult Validate(ReadOnlySpan<byte> utf8)
    {
        using var document = StrictJson.Parse(utf8, _options.MaxDepth);
        return Validate(document.RootElement);
    }
}
