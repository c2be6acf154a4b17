namespace Kfm.Provenance.Evidence;

/// <summary>The values of the closed enumerations of the record, as lower-case words.</summary>
internal static class EnumText
{
    public static string Write<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static bool TryRead<T>(string text, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (string.Equals(Write(candidate), text, StringComparison.Ordinal))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }
}
