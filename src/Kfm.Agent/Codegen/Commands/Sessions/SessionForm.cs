using System.Text.Json;

namespace Kfm.Agent.Codegen.Commands.Sessions;

/// <summary>One form of a session log, while its objects are read.</summary>
internal abstract class SessionForm
{
    private const int LongestName = 100;
    private const long MostTokens = 1L << 50;

    /// <summary>How many objects were of this form.</summary>
    public int Known { get; private set; }

    /// <summary>What the objects told so far.</summary>
    public abstract SessionFacts Facts { get; }

    /// <summary>Takes an object in when it is of this form.</summary>
    public void Offer(JsonElement item)
    {
        try
        {
            Known += Take(item) ? 1 : 0;
        }
        catch (InvalidOperationException)
        {
            // A text in it has half a surrogate pair: no known form writes that.
        }
    }

    /// <summary>Takes an object in.</summary>
    /// <returns>Whether it is of this form.</returns>
    protected abstract bool Take(JsonElement item);

    /// <summary>A member of an object, or null when there is none or the value is no object.</summary>
    protected static JsonElement? Member(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>The items of an array member.</summary>
    protected static IEnumerable<JsonElement> Items(JsonElement? value) => value is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>Whether a member is this text.</summary>
    protected static bool Is(JsonElement? value, string name, string text) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } member && member.ValueEquals(text);

    /// <summary>A name or version; null when it is not short and plain, because then it may be anything.</summary>
    protected static string? Name(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? Name(text.GetString()!) : null;

    /// <summary>A name or version; null when it is not short and plain.</summary>
    protected static string? Name(string text) => text is { Length: > 0 and <= LongestName } && text.All(IsPlain) ? text : null;

    /// <summary>A count; null when it is none.</summary>
    protected static long? Count(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) && count is >= 0 and <= MostTokens ? count : null;

    /// <summary>The sum of counts of which some may not be known.</summary>
    protected static long? Sum(long? left, long? right) => left is null && right is null ? null : Math.Min((left ?? 0) + (right ?? 0), MostTokens);

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or ':' or '/' or '@';
}
