namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>eq and lt, which compare values of one basic type.</summary>
internal static class TemplateComparisons
{
    private const string Incompatible = "incompatible types for comparison";

    /// <summary>Whether the first operand is equal to any of the others.</summary>
    internal static bool Equal(object?[] a)
    {
        if (a.Length < 2)
        {
            throw new TemplateException("missing argument for comparison");
        }

        foreach (var other in a.AsSpan(1))
        {
            if (Equal(a[0], other))
            {
                return true;
            }
        }

        return false;
    }

    internal static bool Less(object? left, object? right) => (left, right) switch
    {
        (long a, long b) => a < b,
        (double a, double b) => a < b,
        _ when TemplateText.AsString(left) is { } a && TemplateText.AsString(right) is { } b => RegoValue.Compare(RegoValue.Of(a), RegoValue.Of(b)) < 0,
        (RegoBoolean, RegoBoolean) => throw new TemplateException("invalid type for comparison"),
        _ when IsBasic(left) && IsBasic(right) => throw new TemplateException(Incompatible),
        _ => throw new TemplateException("invalid type for comparison"),
    };

    private static bool IsBasic(object? value) => value is long or double or RegoString or RegoNumber or RegoBoolean;

    private static bool Equal(object? left, object? right) => (left, right) switch
    {
        (null or RegoNull, _) or (_, null or RegoNull) => left is null or RegoNull && right is null or RegoNull,
        (long a, long b) => a == b,
        (double a, double b) => a == b,
        (RegoBoolean a, RegoBoolean b) => a.Value == b.Value,
        _ when TemplateText.AsString(left) is { } a && TemplateText.AsString(right) is { } b => string.Equals(a, b, StringComparison.Ordinal),
        (RegoArray or RegoObject, RegoArray or RegoObject) => throw new TemplateException($"non-comparable type {TemplateText.TypeName(left)}"),
        _ => throw new TemplateException(Incompatible),
    };
}
