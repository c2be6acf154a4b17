using System.Globalization;
using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Refuses values that cannot be compared exactly: too deep, numbers too long, strings with lone surrogates.</summary>
internal static class InstanceGuard
{
    /// <summary>The longest number text, in characters.</summary>
    public const int MaxNumberLength = 1_000;

    public static ValidationError? Check(JsonElement value, int maxDepth) => Check(value, "", maxDepth);

    private static ValidationError? Check(JsonElement value, string pointer, int depth)
    {
        if (depth == 0)
        {
            return new ValidationError(pointer, "", "The value is nested too deeply.");
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => CheckObject(value, pointer, depth),
            JsonValueKind.Array => CheckArray(value, pointer, depth),
            JsonValueKind.String => IsText(value) ? null : new ValidationError(pointer, "", "The string has a lone surrogate, which is not Unicode."),
            JsonValueKind.Number when !JsonNumber.TryParse(value, out _) => new ValidationError(pointer, "", "The number is beyond the limit of digits or exponent."),
            JsonValueKind.Undefined => new ValidationError(pointer, "", "There is no value."),
            _ => null,
        };
    }

    private static ValidationError? CheckObject(JsonElement value, string pointer, int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!IsText(member))
            {
                return new ValidationError(pointer, "", "A member name has a lone surrogate, which is not Unicode.");
            }

            if (!names.Add(member.Name))
            {
                return new ValidationError(pointer, "", "A member name occurs twice.");
            }

            if (Check(member.Value, JsonPointer.Append(pointer, member.Name), depth - 1) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static ValidationError? CheckArray(JsonElement value, string pointer, int depth)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (Check(item, pointer + "/" + (index++).ToString(CultureInfo.InvariantCulture), depth - 1) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static bool IsText(JsonElement value)
    {
        try
        {
            return value.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsText(JsonProperty member)
    {
        try
        {
            return member.Name is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
