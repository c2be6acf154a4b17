using System.Globalization;

namespace Kfm.Provenance.Evidence;

/// <summary>Names a run within a trace, written <c>build#1</c>.</summary>
/// <param name="Stage">The stage that ran.</param>
/// <param name="Attempt">The attempt, from 1.</param>
public readonly record struct RunKey(Stage Stage, int Attempt = 1)
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="key">The key, when the text is one.</param>
    /// <returns>Whether the text is a key.</returns>
    public static bool TryParse(string? text, out RunKey key)
    {
        key = default;
        var hash = text?.IndexOf('#', StringComparison.Ordinal) ?? -1;
        if (hash < 0
            || !EnumText.TryRead<Stage>(text![..hash], out var stage)
            || !int.TryParse(text.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            || !string.Equals(new RunKey(stage, attempt).ToString(), text, StringComparison.Ordinal)
            || attempt < 1)
        {
            return false;
        }

        key = new RunKey(stage, attempt);
        return true;
    }

    /// <summary>The stage in lower case, <c>#</c> and the attempt: the name that the run id is derived from.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stage.ToString().ToLowerInvariant()}#{Attempt}");
}
