namespace Kfm.Gates.Decisions;

/// <summary>The words of the closed enumerations, as context.json and decision.json write them.</summary>
internal static class ContextWords
{
    public static string Of<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Reads a word that the schema has admitted.</summary>
    public static T Read<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word, ignoreCase: true);
}
