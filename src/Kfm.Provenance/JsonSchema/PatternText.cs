namespace Kfm.Provenance.JsonSchema;

/// <summary>Tests on the text of patterns.</summary>
internal static class PatternText
{
    public static bool ContainsOnlyWordCharacters(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '$'))
            {
                return false;
            }
        }

        return true;
    }
}
