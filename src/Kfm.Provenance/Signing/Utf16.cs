namespace Kfm.Provenance.Signing;

/// <summary>Checks that a string is Unicode text.</summary>
internal static class Utf16
{
    /// <summary>Whether every surrogate in the text is half of a pair.</summary>
    internal static bool IsValid(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (System.Text.Rune.DecodeFromUtf16(text, out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            text = text[used..];
        }

        return true;
    }
}
