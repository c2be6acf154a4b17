using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Kfm.Provenance.JsonSchema;

/// <summary>An expression of ECMA-262 with the flag <c>u</c>, run in time linear in the text.</summary>
/// <remarks>Lookaround, back references and word boundaries cannot run so; they are errors at their position.</remarks>
internal sealed class EcmaPattern
{
    private static readonly ConcurrentDictionary<string, EcmaPattern> Cache = new(StringComparer.Ordinal);
    private const int MaxCached = 1_000;
    private readonly Regex _regex;

    private EcmaPattern(Regex regex) => _regex = regex;

    public bool IsMatch(string text) => _regex.IsMatch(text);

    public static EcmaPattern Compile(string source, string location)
    {
        if (Cache.TryGetValue(source, out var known))
        {
            return known;
        }

        var (expression, error) = new EcmaTranslator(source).Translate();
        if (expression is null)
        {
            throw new SchemaFormatException(error!, location);
        }

        var pattern = new EcmaPattern(Build(expression, location));
        if (Cache.Count < MaxCached)
        {
            Cache.TryAdd(source, pattern);
        }

        return pattern;
    }

    /// <summary>Whether a text is an expression, supported or not.</summary>
    public static bool IsValid(string source)
    {
        var translator = new EcmaTranslator(source);
        return translator.Translate().Expression is not null || translator.IsUnsupported;
    }

    private static Regex Build(string expression, string location)
    {
        try
        {
            return new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new SchemaFormatException("The pattern cannot run in linear time; write a simpler one.", location);
        }
    }
}
