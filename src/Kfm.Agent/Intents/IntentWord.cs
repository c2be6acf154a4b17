namespace Kfm.Agent.Intents;

/// <summary>A word of an intent, or the end of a sentence.</summary>
/// <param name="Text">The word in lower case; empty at the end of a sentence, a line or a clause.</param>
/// <param name="Parts">The words inside of a name such as <c>IsAllowed</c>, lower case; empty where there is one only.</param>
internal sealed record IntentWord(string Text, IReadOnlyList<string> Parts)
{
    /// <summary>Where a sentence, a line or a clause ends.</summary>
    public static readonly IntentWord End = new("", []);

    /// <summary>The letters with which the word and the words inside of it start.</summary>
    public IEnumerable<char> FirstLetters => Parts.Select(p => p[0]).Prepend(Text[0]).Distinct();

    /// <summary>Whether this is the end of a sentence and no word.</summary>
    public bool IsEnd => Text.Length == 0;
}
